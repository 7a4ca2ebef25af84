import { progressOf } from '../../lib/doctor/progress.ts';
import { Field } from '../../lib/manifests/field.ts';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';

function application(status: object, annotations: Record<string, string> = {}): Field {
  const object: KubernetesObject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'immich-home-app', annotations },
    ...{ spec: { destination: { namespace: 'immich' } }, status: JSON.parse(JSON.stringify(status)) },
  };
  return Field.of({ file: '', object, comments: [], position: () => undefined });
}

const synced = { status: 'Synced', revision: 'abc' };

test.each([
  ['healthy', application({ sync: synced, health: { status: 'Healthy' } }), 'ready'],
  ['not healthy yet', application({ sync: synced, health: { status: 'Progressing' } }), 'waiting'],
  [
    'degraded',
    application({ sync: synced, health: { status: 'Degraded', message: 'Failing over' } }),
    'failed',
  ],
  [
    'refused by Kubernetes',
    application({
      sync: { status: 'OutOfSync' },
      health: { status: 'Healthy' },
      operationState: { phase: 'Failed', message: 'field is immutable' },
    }),
    'failed',
  ],
  [
    'stopped by a person',
    application(
      { sync: synced, health: { status: 'Healthy' } },
      { 'argocd.argoproj.io/skip-reconcile': 'true' },
    ),
    'suspended',
  ],
  ['not there', undefined, 'missing'],
])('an Application of Argo CD that is %s', (_, layer, kind) => {
  expect(progressOf('immich-home-app', layer).kind).toBe(kind);
});
