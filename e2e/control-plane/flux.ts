import { createHash } from 'node:crypto';
import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { createTarGzip } from 'nanotar';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import type { ControlPlane } from './api-server.ts';
import { atTheEnd } from './endings.ts';
import { eventually } from './eventually.ts';
import { freePorts, ownFolder, start } from './processes.ts';
import { toolPath } from './tools.ts';
import { at, isTrue, listAt, textAt } from './value.ts';

/** The files of an artifact: path to text. */
export type Tree = ReadonlyMap<string, string>;

/** kustomize-controller of one control plane, and the source that it reads. */
export interface Flux {
  /** Serves a new revision, that of `commit` where there is one, and waits for nothing. Gives the revision. */
  readonly publish: (tree: Tree, commit?: string) => Promise<string>;
  /** Makes the Kustomization that a person makes by hand: the folder of all others. */
  readonly point: (name: string, path: string) => Promise<void>;
  /** Asks for a reconcile now, as `flux reconcile` does, and waits until it is done. */
  readonly reconcile: (name: string) => Promise<KubernetesObject>;
  /** Waits until a Kustomization is Ready at a revision. */
  readonly ready: (name: string, revision: string) => Promise<KubernetesObject>;
  /** Waits until a Kustomization has tried a revision and is not Ready, and gives its message. */
  readonly refused: (name: string, revision: string) => Promise<string>;
}

/** Runs kustomize-controller. There is no source-controller: the suite serves the artifacts itself. */
export async function startFlux(plane: ControlPlane): Promise<Flux> {
  const [metricsPort = 0, healthPort = 0, artifactPort = 0] = await freePorts(3);
  const artifacts = ownFolder(plane.name, 'artifacts');
  serve(artifacts, artifactPort);
  start({
    name: `${plane.name}.kustomize-controller`,
    binary: toolPath('kustomize-controller', 'kustomize-controller'),
    args: [
      ...['--metrics-addr', `127.0.0.1:${metricsPort}`, '--health-addr', `127.0.0.1:${healthPort}`],
      // A Kustomization that waits for another asks every 30 s by default.
      ...['--requeue-dependency', '300ms', '--concurrent', '10', '--enable-leader-election=false'],
    ],
    environment: { KUBECONFIG: plane.kubeconfig, RUNTIME_NAMESPACE: namespace },
  });
  await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, byHand);
  await plane.api.apply(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: source, namespace },
      spec: { url: 'https://git.invalid/immich', interval: '1h' },
    },
    byHand,
  );
  return {
    publish: async (tree, commit) => {
      const { file, digest, ...written } = await writeArtifact(artifacts, tree);
      const revision = commit === undefined ? written.revision : `main@sha1:${commit}`;
      const now = new Date().toISOString();
      await plane.api.patch(
        reference('source.toolkit.fluxcd.io/v1', 'GitRepository', source),
        {
          status: {
            observedGeneration: 1,
            artifact: {
              url: `http://127.0.0.1:${artifactPort}/${basename(file)}`,
              path: basename(file),
              digest,
              revision,
              lastUpdateTime: now,
            },
            conditions: [
              {
                type: 'Ready',
                status: 'True',
                reason: 'Succeeded',
                message: revision,
                lastTransitionTime: now,
              },
            ],
          },
        },
        'status',
      );
      return revision;
    },
    point: async (name, path) => {
      await plane.api.apply(
        {
          apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
          kind: 'Kustomization',
          metadata: { name, namespace },
          spec: {
            interval: '1h',
            retryInterval: '2s',
            prune: true,
            path,
            sourceRef: { kind: 'GitRepository', name: source },
          },
        },
        byHand,
      );
    },
    reconcile: async (name) => {
      const requestedAt = `${Date.now()}`;
      const kustomization = reference('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name);
      await plane.api.patch(kustomization, {
        metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': requestedAt } },
      });
      return eventually(`Kustomization ${name} is reconciled again`, async () => {
        const found = await plane.api.get(kustomization);
        const done =
          at(found, 'status', 'lastHandledReconcileAt') === requestedAt && !isTrue(found, 'Reconciling');
        return done ? found : undefined;
      });
    },
    ready: (name, revision) =>
      eventually(`Kustomization ${name} is Ready at ${revision}`, async () => {
        const found = await plane.api.get(reference('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name));
        if (at(found, 'status', 'lastAppliedRevision') === revision && isTrue(found, 'Ready')) {
          return found;
        }
        throw new Error(messageOf(found));
      }),
    refused: (name, revision) =>
      eventually(`Kustomization ${name} is refused at ${revision}`, async () => {
        const found = await plane.api.get(reference('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name));
        const failed = listAt(found, 'status', 'conditions').some(
          (each) =>
            at(each, 'type') === 'Ready' &&
            at(each, 'status') === 'False' &&
            at(each, 'reason') !== 'DependencyNotReady',
        );
        const tried = at(found, 'status', 'lastAttemptedRevision') === revision;
        return failed && tried ? messageOf(found) : undefined;
      }),
  };
}

const namespace = 'flux-system';
const source = 'flux-system';
const byHand = { fieldManager: 'kubectl' };

function reference(apiVersion: string, kind: string, name: string) {
  return { apiVersion, kind, namespace, name };
}

function messageOf(kustomization: KubernetesObject): string {
  const ready = listAt(kustomization, 'status', 'conditions').find((each) => at(each, 'type') === 'Ready');
  return textAt(ready, 'message');
}

async function writeArtifact(folder: string, tree: Tree) {
  const files = [...tree].map(([name, data]) => {
    if (name.length > 100) {
      throw new Error(`${name} is longer than the 100 characters that the artifact's format has room for.`);
    }
    return { name, data };
  });
  // A fixed time, so that the same tree is the same revision.
  const archive = await createTarGzip(files, { attrs: { mtime: 0 } });
  const hash = createHash('sha256').update(archive).digest('hex');
  const file = join(folder, `${hash}.tar.gz`);
  writeFileSync(file, archive);
  return { file, digest: `sha256:${hash}`, revision: `main@sha1:${hash.slice(0, 40)}` };
}

function serve(folder: string, port: number): void {
  const server = createServer((request, response) => {
    const file = join(folder, basename(request.url ?? ''));
    if (existsSync(file)) {
      createReadStream(file).pipe(response);
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(port, '127.0.0.1');
  atTheEnd(() => {
    server.close();
    server.closeAllConnections();
  });
}
