import { reasonsOf } from '../../lib/kubernetes/reasons.ts';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';

/** The comments by the paths that they stand at. */
function reasons(object: KubernetesObject): { readonly [path: string]: string } {
  return Object.fromEntries(reasonsOf(object).map(({ path, text }) => [path.join('.'), text]));
}

function deployment(
  pod: { readonly [field: string]: Value },
  strategy: 'Recreate' | 'RollingUpdate' = 'RollingUpdate',
): KubernetesObject {
  const spec = { strategy: { type: strategy }, template: { spec: pod } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec };
}

describe('reasons for a reviewer', () => {
  test('an ordinary object needs none', () => {
    expect(reasons({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: {} })).toEqual({});
    expect(reasons(deployment({ containers: [{}] }))).toEqual({});
  });

  test('Recreate has one, a rolling update has none', () => {
    expect(Object.keys(reasons(deployment({}, 'Recreate')))).toEqual(['spec.strategy.type']);
    expect(reasons(deployment({}, 'RollingUpdate'))).toEqual({});
  });

  test('Recreate of several pods has another one, which speaks of versions', () => {
    const object = deployment({}, 'Recreate');
    const several = { ...object, spec: { strategy: { type: 'Recreate' }, replicas: 2 } };
    expect(reasons(object)['spec.strategy.type']).toMatch(/a volume or a queue/);
    expect(reasons(several)['spec.strategy.type']).toMatch(/that a newer one has migrated/);
  });

  test('an object that Flux must not prune', () => {
    const annotations = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
    expect(reasonsOf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', annotations } })).toEqual([
      {
        path: ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune'],
        text: expect.stringMatching(/^Flux/),
      },
    ]);
  });

  test.each([
    ['in the tree', { backup: { barmanObjectStore: { serverName: 'a' } } }, 'spec.backup.barmanObjectStore'],
    ['by the plugin', { plugins: [{ parameters: { serverName: 'a' } }] }, 'spec.plugins.0.parameters'],
  ])('the folder of a backup %s', (_, spec, path) => {
    const cluster = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'a' }, spec };
    expect(Object.keys(reasons(cluster))).toEqual([`${path}.serverName`]);
    expect(reasons({ ...cluster, spec: { plugins: [{ parameters: {} }] } })).toEqual({});
  });

  const pod = {
    enableServiceLinks: false,
    securityContext: { fsGroupChangePolicy: 'OnRootMismatch' },
    containers: [
      {
        securityContext: { readOnlyRootFilesystem: true },
        startupProbe: { failureThreshold: 180, periodSeconds: 10 },
      },
    ],
  };

  test('the pods of a Deployment', () => {
    expect(reasons(deployment(pod))).toEqual({
      'spec.template.spec.enableServiceLinks': expect.stringContaining('IMMICH_PORT'),
      'spec.template.spec.securityContext.fsGroupChangePolicy': expect.stringContaining('every file'),
      'spec.template.spec.containers.0.startupProbe.failureThreshold': expect.stringMatching(/^Up to 30 min/),
      'spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem':
        expect.stringContaining('/tmp'),
    });
  });

  test('the pods of a CronJob, and a root that is not read-only', () => {
    const containers = [{ securityContext: { readOnlyRootFilesystem: false } }];
    const spec = { jobTemplate: { spec: { template: { spec: { containers } } } } };
    expect(
      Object.values(reasons({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec })),
    ).toEqual([expect.stringContaining('beside its volumes')]);
  });
});
