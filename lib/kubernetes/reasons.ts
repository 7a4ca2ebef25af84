import { Field } from '../manifests/field.ts';
import type { Comment, KubernetesObject } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';

/** Comments for a reviewer on the values of an object that look like slips, each beside its value. */
export function reasonsOf(object: KubernetesObject): readonly Comment[] {
  const field = Field.of({ file: '', object, comments: [], position: () => undefined });
  const pod = podPaths[object.kind];
  const candidates = [...ofObject(field), ...(pod === undefined ? [] : ofPod(field, pod))];
  return candidates.filter(({ path }) => field.at(...path).exists);
}

const podPaths: { readonly [kind: string]: Path | undefined } = {
  Deployment: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

function ofObject(object: Field): readonly Comment[] {
  return [
    {
      path: ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune'],
      text: 'Flux leaves this object alone when its file is removed.',
    },
    {
      path: ['metadata', 'annotations', 'argocd.argoproj.io/sync-options'],
      text: 'Argo CD leaves this object alone when its file or its Application is removed.',
    },
    {
      path: ['metadata', 'annotations', 'argocd.argoproj.io/ignore-healthcheck'],
      text: 'No wave waits for it: a claim is bound when it has a pod.',
    },
    ...(object.get('spec', 'replicas') === 0
      ? [{ path: ['spec', 'replicas'], text: 'Immich sleeps: the installation file says "stopped".' }]
      : []),
    ...(object.get('spec', 'strategy', 'type') === 'Recreate'
      ? [
          {
            path: ['spec', 'strategy', 'type'],
            text:
              (object.at('spec', 'replicas').number ?? 1) > 1
                ? 'Pods of an older Immich must not serve a database that a newer one has migrated, so all of them stop first.'
                : 'Two pods at once would compete for a volume or a queue, so the old one stops first.',
          },
        ]
      : []),
    {
      path: ['spec', 'bootstrap', 'initdb', 'localeCType'],
      text: 'Without it only the letters of English are letters, and search finds nothing in other alphabets.',
    },
    {
      path: ['metadata', 'annotations', 'secret.reloader.stakater.com/reload'],
      text: 'Read when a pod starts. Reloader, where it is installed, restarts the pods when it changes.',
    },
    ...(object.get('spec', 'enablePDB') === true
      ? [
          {
            path: ['spec', 'enablePDB'],
            text: 'Where two instances share a node, this keeps it from being drained: see RUNBOOK.md.',
          },
        ]
      : []),
    { path: ['spec', 'backup', 'barmanObjectStore', 'serverName'], text: folder },
    ...object.at('spec', 'plugins').items.map((_, index) => ({
      path: ['spec', 'plugins', index, 'parameters', 'serverName'],
      text: folder,
    })),
  ];
}

const folder = 'The folder in the store. Always stated, since backup and recovery have different defaults.';

/** One container of a pod speaks for all. */
function ofPod(object: Field, pod: Path): readonly Comment[] {
  const container: Path = [...pod, 'containers', 0];
  const root: Path = [...container, 'securityContext', 'readOnlyRootFilesystem'];
  const minutes = minutesOf(object.at(...container, 'startupProbe'));
  return [
    {
      path: [...pod, 'enableServiceLinks'],
      text: 'Otherwise a Service called immich would set variables such as IMMICH_PORT.',
    },
    {
      path: [...pod, 'securityContext', 'fsGroupChangePolicy'],
      text: 'Always would change the group of every file at each start.',
    },
    {
      path: [...container, 'startupProbe', 'failureThreshold'],
      text: `Up to ${minutes} minutes to start; a restart before that would only begin again.`,
    },
    {
      path: root,
      text:
        object.get(...root) === true
          ? 'Only /tmp and the volumes can be written to.'
          : 'The installation file lets this image write beside its volumes.',
    },
  ];
}

function minutesOf(probe: Field): number {
  return Math.ceil((Number(probe.get('failureThreshold')) * Number(probe.get('periodSeconds'))) / 60);
}
