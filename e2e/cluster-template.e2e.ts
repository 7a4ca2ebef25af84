import { stringify } from 'yaml';
import type { KubernetesObject } from '../lib/manifests/manifest.ts';
import type { Cluster } from './control-plane/cluster.ts';
import { endEverything } from './control-plane/endings.ts';
import { eventually } from './control-plane/eventually.ts';
import type { Tree } from './control-plane/flux.ts';
import { startInstances } from './control-plane/instances.ts';
import { at, isTrue, listAt } from './control-plane/value.ts';
import { dataIn } from './scenarios/07-pruning.ts';
import { type Site, synthesized } from './scenarios/dist.ts';
import { allReady, clusterFor, createSecrets, databaseIsReady, databaseIsSetUp } from './scenarios/sites.ts';

/**
 * `home` as an application of onedr0p/cluster-template, below a parent as that template has it: the namespace of all
 * Kustomizations, and a patch for each of them.
 * https://github.com/onedr0p/cluster-template/blob/main/template/config/kubernetes/flux/cluster/ks.yaml.j2
 */
describe('an application of cluster-template', () => {
  const site: Site = { name: 'home', path: 'dist/home' };
  let cluster: Cluster;
  let tree: Tree;

  beforeAll(async () => {
    tree = synthesized('home', {
      files: 'layer',
      'flux.layout': 'cluster-template',
      'flux.namespace': 'media',
    });
    cluster = await clusterFor(site, tree, '.template');
    const revision = await cluster.flux.publish(within(tree, ['./namespace.yaml', './home']));
    await cluster.api.apply(parent, { fieldManager: 'kubectl' });
    createSecrets(cluster, tree, site);
    await databaseIsSetUp(cluster, tree, site);
    const instances = startInstances(cluster);
    await databaseIsReady(cluster);
    instances.archive();
    await allReady(cluster, tree, site, revision);
  });

  afterAll(endEverything);

  test('control: the parent has written over every Kustomization, and each is Ready', async () => {
    const layers = await layersIn(cluster);
    expect(layers.map(({ metadata }) => metadata?.name).sort()).toEqual([
      'home',
      ...['database', 'drill', 'indexes', 'namespace', 'protection', 'route', 'storage'].map(
        (layer) => `home-${layer}`,
      ),
    ]);
    for (const layer of layers) {
      expect(at(layer, 'spec', 'deletionPolicy')).toBe('WaitForTermination');
      expect(listAt(layer, 'spec', 'patches').length).toBe(1);
      expect(isTrue(layer, 'Ready')).toBe(true);
    }
  });

  test('the script of the drill has its dollars, though the parent fills in variables everywhere', async () => {
    const reference = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'immich-drill',
      name: 'immich-drill',
    };
    const script = JSON.stringify(at(await cluster.api.find(reference), 'data'));
    expect(script).toContain('as $$');
  });

  test('the application is taken away: what holds data stays the same', async () => {
    const before = await dataIn(cluster);
    expect(before.length).toBeGreaterThan(4);
    await cluster.flux.publish(within(tree, ['./namespace.yaml']));
    await eventually('the layers go', async () =>
      (await layersIn(cluster)).length === 0 ? true : undefined,
    );
    expect(await dataIn(cluster)).toEqual(before);
  });
});

async function layersIn(cluster: Cluster): Promise<KubernetesObject[]> {
  const all = await cluster.api.list('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'media');
  return [...all];
}

/** The artifact with what stands above the application: `dist` is the folder of a namespace there. */
function within(tree: Tree, resources: readonly string[]): Tree {
  const metadata = { name: 'media', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } };
  return new Map([
    ...tree,
    [
      'dist/kustomization.yaml',
      stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace: 'media',
        resources,
      }),
    ],
    ['dist/namespace.yaml', stringify({ apiVersion: 'v1', kind: 'Namespace', metadata })],
  ]);
}

const patch = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: '_' },
  spec: {
    deletionPolicy: 'WaitForTermination',
    postBuild: { substitute: { SECRET_DOMAIN: 'example.com' } },
    patches: [
      {
        target: { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
        patch: stringify({
          apiVersion: 'helm.toolkit.fluxcd.io/v2',
          kind: 'HelmRelease',
          metadata: { name: '_' },
          spec: { install: { crds: 'CreateReplace' } },
        }),
      },
    ],
  },
};

const parent: KubernetesObject = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'cluster-apps', namespace: 'flux-system' },
  spec: {
    deletionPolicy: 'WaitForTermination',
    interval: '1h',
    retryInterval: '2s',
    path: './dist',
    prune: true,
    sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
    wait: false,
    patches: [
      { target: { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' }, patch: stringify(patch) },
    ],
  },
};
