import { App, Chart } from 'cdk8s';
import { clustersOf } from '../../lib/layers/clusters.ts';
import { fluxKustomizations } from '../../lib/layers/flux.ts';
import type { LayerPlan } from '../../lib/layers/layer.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { synthesizedCluster } from '../../lib/synthesis/cluster-manifests.ts';
import { installationOf } from '../components/built.ts';
import { type Edit, edited, errorsIn, home, tachtit } from '../installation/example.ts';

const { flux } = installationOf(home);

/** The spec of what Flux is told of one layer. */
function kustomization(plan: Partial<LayerPlan>, described = flux) {
  const chart = new Chart(new App(), 'flux', { disableResourceNameHashes: true });
  const layer: LayerPlan = {
    name: 'app',
    after: [],
    readiness: { kind: 'objects' },
    keepsObjects: false,
    timeout: '5m',
    ...plan,
  };
  fluxKustomizations(chart, {
    installation: {
      name: 'home',
      clusters: { app: 'prod', database: 'prod' },
      flux: described,
    },
    cluster: 'prod',
    layers: [layer],
  });
  return chart.toJson()[0];
}

test('a layer is a folder of dist, tried again soon, and never forced', () => {
  expect(kustomization({})).toMatchObject({
    metadata: { name: 'immich-home-app', namespace: 'flux-system' },
    spec: {
      path: './dist/home/prod/app',
      interval: '60m',
      retryInterval: '2m',
      prune: true,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    },
  });
  expect(JSON.stringify(kustomization({}))).not.toMatch(/force|postBuild|dependsOn/);
});

const around: Edit = [
  'host:',
  'flux: { dependsOn: [{ name: cloudnative-pg, namespace: database }], components: [kubernetes/components/alerts], commonMetadata: { labels: { example.com/team: home } } }\nhost:',
];

test('the layers that come first wait for what others apply, and all others wait for these', () => {
  const described = installationOf(edited(home, around)).flux;
  expect(kustomization({}, described)).toMatchObject({
    spec: { dependsOn: [{ name: 'cloudnative-pg', namespace: 'database' }] },
  });
  expect(kustomization({ after: ['database'] }, described)).toMatchObject({
    spec: { dependsOn: [{ name: 'immich-home-database' }] },
  });
});

test('components are seen from the folder of the layer, and metadata is handed on', () => {
  const described = installationOf(edited(home, around)).flux;
  expect(kustomization({}, described)).toMatchObject({
    spec: {
      path: './dist/home/prod/app',
      components: ['../../../../kubernetes/components/alerts'],
      commonMetadata: { labels: { 'example.com/team': 'home' } },
    },
  });
  expect(JSON.stringify(kustomization({}))).not.toMatch(/components|commonMetadata/);
});

test.each([
  ['a layer of its own', 'dependsOn: [{ name: immich-home-app }]', 'would wait for itself'],
  [
    'what stops pruning',
    'commonMetadata: { labels: { kustomize.toolkit.fluxcd.io/prune: enabled } }',
    'is what Kubernetes, Flux',
  ],
  [
    'what selects pods',
    'commonMetadata: { labels: { app.kubernetes.io/name: x } }',
    'is what Kubernetes, Flux',
  ],
  [
    'a database at rest',
    'commonMetadata: { annotations: { cnpg.io/hibernation: "on" } }',
    'is what Kubernetes, Flux',
  ],
])('%s is refused', (_what, key, sentence) => {
  expect(errorsIn(edited(home, ['host:', `flux: { ${key} }\nhost:`]))).toEqual([
    expect.stringContaining(sentence),
  ]);
});

test('Kustomizations of that name elsewhere, and other names, are fine', () => {
  const key =
    'dependsOn: [{ name: immich-home-app, namespace: other }, { name: immich }], commonMetadata: { annotations: { example.com/owner: me } }';
  expect(errorsIn(edited(home, ['host:', `flux: { ${key} }\nhost:`]))).toEqual([]);
});

test('where dist is, is said by the file', () => {
  const add: Edit = [
    'host:',
    'flux: { namespace: gitops, source: { kind: OCIRepository, name: dist, namespace: sources }, path: out, interval: 5m }\nhost:',
  ];
  expect(kustomization({}, installationOf(edited(home, add)).flux)).toMatchObject({
    metadata: { namespace: 'gitops' },
    spec: {
      path: './out/home/prod/app',
      interval: '5m',
      sourceRef: { kind: 'OCIRepository', name: 'dist', namespace: 'sources' },
    },
  });
});

test('objects of a layer that keeps them stay when it goes', () => {
  expect(kustomization({ keepsObjects: true }).spec.deletionPolicy).toBe('Orphan');
  expect(kustomization({ keepsObjects: false }).spec.deletionPolicy).toBe('MirrorPrune');
});

test('nothing is waited for that cannot be ready before a later layer', () => {
  expect(kustomization({ readiness: { kind: 'applied' } }).spec.wait).toBe(false);
});

test('a database is ready when its Cluster and its extensions are, and never failed by a condition', () => {
  const { spec } = kustomization({
    readiness: { kind: 'database', namespace: 'photos', cluster: 'db', database: 'db', archives: false },
  });
  expect(spec.healthChecks).toEqual(
    ['Cluster', 'Database'].map((kind) => ({
      apiVersion: 'postgresql.cnpg.io/v1',
      kind,
      name: 'db',
      namespace: 'photos',
    })),
  );
  expect(
    spec.healthCheckExprs.map(({ kind, current }: { kind: string; current: string }) => [kind, current]),
  ).toEqual([
    [
      'Cluster',
      "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
    ],
    ['Database', 'has(status.applied) && status.applied && status.observedGeneration == metadata.generation'],
  ]);
  expect(JSON.stringify(spec.healthCheckExprs)).not.toContain('"failed"');
});

test('a database with a backup is not ready before its archive takes its files', () => {
  const current = (archives: boolean): string =>
    kustomization({
      readiness: { kind: 'database', namespace: 'photos', cluster: 'db', database: 'db', archives },
    }).spec.healthCheckExprs[0].current;
  expect(current(true)).toBe(
    "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && status.conditions.exists(c, c.type == 'ContinuousArchiving' && c.status == 'True')",
  );
  expect(current(false)).not.toContain('ContinuousArchiving');
});

describe('the layers of an installation', () => {
  /** Layer by layer, what it waits for, in each cluster. */
  function waits(text: string): { [cluster: string]: { [layer: string]: string[] } } {
    return Object.fromEntries(
      clustersOf(planOf(installationOf(text))).map((cluster) => [
        cluster.name,
        Object.fromEntries(
          synthesizedCluster(cluster)
            .manifests.filter(
              ({ object }) => object.kind === 'Kustomization' && object.metadata !== undefined,
            )
            .map(({ object }) => JSON.parse(JSON.stringify(object)))
            .map(({ metadata, spec }) => [
              metadata.name.replace(/^immich-[a-z]+-/, ''),
              (spec.dependsOn ?? []).map(({ name }: { name: string }) => name.replace(/^immich-[a-z]+-/, '')),
            ]),
        ),
      ]),
    );
  }

  test('Immich starts after its storage and its database', () => {
    expect(waits(home)).toMatchObject({
      home: {
        namespace: [],
        storage: ['namespace'],
        database: ['namespace'],
        indexes: ['database'],
        app: ['storage', 'database', 'indexes'],
        route: ['namespace'],
      },
    });
  });

  test('a database on another cluster cannot be waited for', () => {
    const clusters = waits(tachtit);
    expect(clusters['tachtit']?.['app']).toEqual(['storage']);
    expect(Object.keys(clusters['tachtit-data'] ?? {})).toContain('database');
    expect(Object.keys(clusters['tachtit-data'] ?? {})).not.toContain('app');
  });

  test('there is no layer of claims where all of them exist', () => {
    const existing = edited(
      home,
      ['storageClass: longhorn, size: 500Gi', 'existingClaim: photos'],
      ['{ storageClass: longhorn, size: 20Gi }\ndatabase', '{ existingClaim: models }\ndatabase'],
    );
    expect(waits(existing)['home']).not.toHaveProperty('storage');
    expect(waits(existing)['home']?.['app']).toEqual(['namespace', 'database', 'indexes']);
  });
});
