import { Agent, request as httpsRequest } from 'node:https';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';

/** Where an API server is, and who asks: everything as PEM. */
export interface Access {
  /** `https://127.0.0.1:<port>` */
  readonly server: string;
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** What names an object. `namespace` is left out for kinds of the whole cluster. */
export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** An object as the API server gave it, and the warnings it sent along. */
export interface Answer {
  readonly object: KubernetesObject;
  readonly warnings: readonly string[];
}

/** The API server refused; `message` is its own sentence. */
export class ApiError extends Error {
  readonly status: number;
  /** `Invalid`, `Forbidden`, `NotFound`, `Conflict`, ... */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export interface ApplyOptions {
  readonly dryRun?: boolean;
  /** Default: `kustomize-controller`, as whom Flux applies. */
  readonly fieldManager?: string;
}

/** The few requests of the Kubernetes API that the suite needs, typed as this project types objects. */
export class ApiClient {
  readonly #access: Access;
  readonly #agent: Agent;
  readonly #kinds = new Map<string, Promise<readonly Kind[]>>();

  constructor(access: Access) {
    this.#access = access;
    this.#agent = new Agent({
      keepAlive: true,
      ca: access.authority,
      cert: access.certificate,
      key: access.key,
    });
  }

  /** Undefined when there is no such object. */
  async find(reference: Reference): Promise<KubernetesObject | undefined> {
    try {
      return (await this.#send('GET', await this.#path(reference))).object;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Throws when there is no such object. */
  async get(reference: Reference): Promise<KubernetesObject> {
    return (await this.#send('GET', await this.#path(reference))).object;
  }

  /** All objects of a kind, of one namespace or of all. */
  async list(apiVersion: string, kind: string, namespace?: string): Promise<readonly KubernetesObject[]> {
    const path = await this.#path({ apiVersion, kind, name: '', ...(namespace && { namespace }) });
    const response: { readonly items: readonly Omit<KubernetesObject, 'apiVersion' | 'kind'>[] } = JSON.parse(
      (await this.#raw('GET', path)).body,
    );
    return response.items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Server-side apply with forced ownership and strict fields, as Flux applies. */
  async apply(object: KubernetesObject, options: ApplyOptions = {}): Promise<Answer> {
    const query = new URLSearchParams({
      fieldManager: options.fieldManager ?? 'kustomize-controller',
      fieldValidation: 'Strict',
      force: 'true',
      ...(options.dryRun && { dryRun: 'All' }),
    });
    const path = await this.#path(referenceOf(object));
    return this.#send('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml');
  }

  async create(object: KubernetesObject, options: { readonly dryRun?: boolean } = {}): Promise<Answer> {
    const path = await this.#path({ ...referenceOf(object), name: '' });
    return this.#send('POST', `${path}${options.dryRun ? '?dryRun=All' : ''}`, object);
  }

  /** A JSON merge patch; of the status with `subresource: 'status'`. */
  async patch(reference: Reference, patch: object, subresource?: 'status'): Promise<Answer> {
    const path = await this.#path(reference);
    const target = subresource === undefined ? path : `${path}/${subresource}`;
    return this.#send('PATCH', target, patch, 'application/merge-patch+json');
  }

  /** Whether the API server would refuse to delete an object; nothing is deleted. */
  async refusesDeletion(reference: Reference): Promise<boolean> {
    try {
      await this.#send('DELETE', `${await this.#path(reference)}?dryRun=All`);
      return false;
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) {
        return true;
      }
      throw error;
    }
  }

  /** Nothing happens when there is no such object. */
  async delete(reference: Reference): Promise<void> {
    try {
      await this.#send('DELETE', `${await this.#path(reference)}?propagationPolicy=Background`);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) {
        throw error;
      }
    }
  }

  /** The body of a path such as `/readyz`. */
  async text(path: string): Promise<string> {
    return (await this.#raw('GET', path)).body;
  }

  /** Closes the connections, so that the test runner can end. */
  close(): void {
    this.#agent.destroy();
  }

  async #path({ apiVersion, kind, namespace, name }: Reference): Promise<string> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const known = (await this.#kindsOf(base)).find((each) => each.kind === kind);
    if (known === undefined) {
      this.#kinds.delete(base);
      throw new ApiError(404, 'NotFound', `the server does not know ${kind} of ${apiVersion}`);
    }
    const scope = known.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
    return `${base}${scope}/${known.name}${name === '' ? '' : `/${name}`}`;
  }

  #kindsOf(base: string): Promise<readonly Kind[]> {
    const known = this.#kinds.get(base);
    if (known !== undefined) {
      return known;
    }
    const asked = this.#raw('GET', base).then(({ body }) => {
      const { resources }: { readonly resources: readonly Kind[] } = JSON.parse(body);
      return resources.filter(({ name }) => !name.includes('/'));
    });
    this.#kinds.set(base, asked);
    asked.catch(() => this.#kinds.delete(base));
    return asked;
  }

  async #send(method: string, path: string, body?: object, contentType?: string): Promise<Answer> {
    const answer = await this.#raw(method, path, body, contentType);
    const object: KubernetesObject = JSON.parse(answer.body);
    return { object, warnings: answer.warnings };
  }

  #raw(
    method: string,
    path: string,
    body?: object,
    contentType = 'application/json',
  ): Promise<{ readonly body: string; readonly warnings: readonly string[] }> {
    return new Promise((done, failed) => {
      const url = new URL(path, this.#access.server);
      const headers = { Accept: 'application/json', 'Content-Type': contentType };
      const sent = httpsRequest(url, { method, headers, agent: this.#agent, timeout: 60_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', failed);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const status = response.statusCode ?? 0;
          if (status >= 200 && status < 300) {
            done({ body: text, warnings: warningsOf(response.headers['warning']) });
          } else {
            failed(errorOf(status, text));
          }
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer within 60 s`)));
      sent.on('error', failed);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

interface Kind {
  readonly kind: string;
  /** The plural in paths; subresources have a slash. */
  readonly name: string;
  readonly namespaced: boolean;
}

/** What names this object. */
export function referenceOf(object: KubernetesObject): Reference {
  const { name, namespace } = object.metadata ?? {};
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: name ?? '',
    ...(namespace !== undefined && { namespace }),
  };
}

/** `299 - "text"`, several joined by commas: https://www.rfc-editor.org/rfc/rfc7234#section-5.5 */
function warningsOf(header: string | undefined): readonly string[] {
  return [...(header ?? '').matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map((match) =>
    (match[1] ?? '').replaceAll('\\"', '"'),
  );
}

function errorOf(status: number, body: string): ApiError {
  try {
    const answer: { readonly reason?: string; readonly message?: string } = JSON.parse(body);
    return new ApiError(status, answer.reason ?? '', answer.message ?? body);
  } catch {
    return new ApiError(status, '', body);
  }
}
