import { request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks one host through a proxy on 127.0.0.1, as a browser or a phone would. */
export class Browser {
  readonly #host: string;
  readonly #port: number;
  readonly #authority: string;

  constructor(host: string, port: number, authority: string) {
    this.#host = host;
    this.#port = port;
    this.#authority = authority;
  }

  /** Status, headers, body and its length, of which only the first 64 KiB are kept. */
  get(path: string): Promise<Page> {
    return this.#send('GET', path, async () => undefined);
  }

  /** The same by HTTP on another port; redirects are not followed. */
  plain(port: number, path: string): Promise<Page> {
    return new Promise((done, failed) => {
      const options = { host: '127.0.0.1', port, path, headers: { Host: this.#host } };
      plainRequest(options, (response) => {
        response.resume();
        done({ status: response.statusCode ?? 0, headers: response.headers, body: '', length: 0 });
      })
        .on('error', failed)
        .end();
    });
  }

  /** Sends so many bytes as one body, evenly spread over so many seconds. */
  upload(path: string, bytes: number, seconds: number): Promise<Page> {
    const parts = 32;
    const part = Buffer.alloc(bytes / parts);
    return this.#send('POST', path, async (write) => {
      for (let sent = 0; sent < parts; sent += 1) {
        await write(part);
        await sleep((seconds * 1000) / parts);
      }
    });
  }

  /** Opens a websocket, sends a text through it and gives what comes back. */
  echo(path: string, text: string): Promise<string> {
    return new Promise((done, failed) => {
      const headers = {
        Host: this.#host,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
      };
      const sent = request({ ...this.#options('GET', path), headers });
      sent.on('error', failed);
      sent.on('response', (response) => failed(new Error(`no upgrade, but ${response.statusCode}`)));
      sent.on('upgrade', (_response, socket) => {
        socket.on('data', (chunk: Buffer) => {
          done(chunk.toString());
          socket.destroy();
        });
        socket.on('error', failed);
        socket.write(text);
      });
      sent.end();
    });
  }

  #send(method: string, path: string, body: (write: Write) => Promise<void>): Promise<Page> {
    return new Promise((done, failed) => {
      const sent = request(this.#options(method, path), (response) => {
        let length = 0;
        let text = '';
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          text = text.length < 65_536 ? text + chunk.toString() : text;
        });
        response.on('error', failed);
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: text, length }),
        );
      });
      sent.on('error', failed);
      const write: Write = (chunk) =>
        new Promise((written, refused) => {
          sent.write(chunk, (error) => (error ? refused(error) : written()));
        });
      body(write).then(() => sent.end(), failed);
    });
  }

  #options(method: string, path: string): RequestOptions {
    return {
      method,
      path,
      host: '127.0.0.1',
      port: this.#port,
      servername: this.#host,
      ca: this.#authority,
      headers: { Host: this.#host },
    };
  }
}

export interface Page {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
  readonly length: number;
}

type Write = (chunk: Buffer) => Promise<void>;
