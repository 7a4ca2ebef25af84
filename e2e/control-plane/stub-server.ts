import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Stands in for Immich's server behind Traefik. */
export interface StubServer {
  readonly port: number;
  readonly stop: () => void;
}

/**
 * Starts a server that tells what reaches it: a POST is answered with the number of bytes of its body, a GET with
 * its path, `/api/download/<chunks>` with so many chunks of 64 KiB, one every 100 ms, and an upgrade by an echo.
 *
 * @param port 0 for one that is free
 */
export async function startStubServer(host = 'localhost', port = 0): Promise<StubServer> {
  const sockets = new Set<Duplex>();
  const server = createServer(async (request, response) => {
    const download = /^\/api\/download\/(\d+)$/.exec(request.url ?? '');
    if (request.method === 'POST') {
      let received = 0;
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
      });
      request.on('end', () => response.end(`${received}`));
    } else if (download) {
      for (let chunk = 0; chunk < Number(download[1]); chunk += 1) {
        response.write(Buffer.alloc(65_536));
        await sleep(100);
      }
      response.end();
    } else {
      response.end(request.url);
    }
  });
  // Node's own limit on one request would stand in the way of the one that is tested.
  server.requestTimeout = 0;
  server.on('upgrade', (_request, socket) => {
    sockets.add(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.on('data', (chunk: Buffer) => socket.write(chunk));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, done);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
      server.closeAllConnections();
    },
  };
}
