import { parseAllDocuments } from 'yaml';
import { audit } from '../../lib/audit/audit.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { layerNames } from '../../lib/installation/delivery.ts';
import { dataLabel } from '../../lib/kubernetes/data.ts';
import { Field } from '../../lib/manifests/field.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import type { Manifest } from '../../lib/manifests/manifest.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { changesOfTexts, distOf, shown } from '../changes/judged.ts';
import { edited, errorsIn, home, k3s, tachtit } from '../installation/example.ts';

const apps = 'kubernetes/apps/media';

/** `home` as an application of such a repository. */
const templated = edited(home, [
  'host:',
  `files: layer\nflux: { layout: cluster-template, path: ./${apps}, namespace: media }\nhost:`,
]);

const dist = distOf(templated);

test('an application is a folder with ks.yaml and a folder for each layer, of one file each', () => {
  expect([...dist.keys()].sort()).toEqual([
    'home/README.md',
    'home/RUNBOOK.md',
    ...['app', 'database', 'drill', 'indexes'].map((layer) => `home/${layer}/${layer}.yaml`),
    'home/ks.yaml',
    'home/kustomization.yaml',
    ...['namespace', 'protection', 'route', 'storage'].map((layer) => `home/${layer}/${layer}.yaml`),
  ]);
  // Whoever points Flux at the folder, or at one above without a kustomization.yaml, gets the layers once.
  expect(dist.get('home/kustomization.yaml')).toContain('resources: [ks.yaml]\n');
});

test('it is small enough to stand among the others there, and is what dist is with a file for each object', () => {
  const lines = [...dist]
    .filter(([path]) => path.endsWith('.yaml'))
    .reduce((sum, [, text]) => sum + text.split('\n').length - 1, 0);
  expect(lines).toBeLessThanOrEqual(1200);
  expect(dist.size).toBeLessThanOrEqual(12);
  expect(objectsIn(dist)).toEqual(objectsIn(distOf(edited(templated, ['files: layer\n', '']))));
});

/** Every object that is applied. */
function objectsIn(files: ReadonlyMap<string, string>): unknown[] {
  return [...files]
    .filter(([path]) => path.endsWith('.yaml') && !path.endsWith('/kustomization.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => JSON.stringify(document.toJS())))
    .sort();
}

test('with a file for each object a layer has its kustomization.yaml', () => {
  const files = distOf(edited(templated, ['files: layer\n', '']));
  expect(files.has('home/database/cluster.immich-db.yaml')).toBe(true);
  expect(files.get('home/database/kustomization.yaml')).toContain('  - cluster.immich-db.yaml\n');
});

test('two Kubernetes clusters have a folder each, and so has one of another name', () => {
  const layout = 'flux: { layout: cluster-template }\nhost:';
  const two = [...distOf(edited(tachtit, ['\nhost:', `\n${layout}`])).keys()].filter((path) =>
    path.endsWith('ks.yaml'),
  );
  expect(two.length).toBe(2);
  for (const path of two) expect(path).toMatch(/^tachtit\/[a-z0-9-]+\/ks\.yaml$/);
  const named = distOf(edited(home, ['host:', `clusters: { app: shed }\n${layout}`]));
  expect(named.has('home/shed/ks.yaml')).toBe(true);
});

test('each layer is a Kustomization, called like the application, with the namespace of its source', () => {
  const layers = kustomizationsIn(repositoryWith({}));
  expect(layers.map((one) => one.at('metadata', 'name').text).sort()).toEqual([
    'home',
    ...['database', 'drill', 'indexes', 'namespace', 'protection', 'route', 'storage'].map(
      (layer) => `home-${layer}`,
    ),
  ]);
  for (const layer of layers) {
    const name = layer.at('metadata', 'name').text;
    const folder = name === 'home' ? 'app' : name?.slice('home-'.length);
    expect(layer.at('spec', 'path').text).toBe(`./${apps}/home/${folder}`);
    expect(layer.get('spec', 'sourceRef')).toEqual({
      kind: 'GitRepository',
      name: 'flux-system',
      namespace: 'flux-system',
    });
  }
});

/** What stands around an application there: https://github.com/onedr0p/cluster-template/tree/main/template/config/kubernetes */
const around = {
  'kubernetes/flux/cluster/ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: cluster-apps, namespace: flux-system }
spec:
  decryption: { provider: sops }
  deletionPolicy: WaitForTermination
  interval: 1h
  retryInterval: 2m
  path: ./kubernetes/apps
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
  wait: false
  patches:
    - target: { group: kustomize.toolkit.fluxcd.io, kind: Kustomization }
      patch: |-
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: _ }
        spec:
          decryption: { provider: sops }
          deletionPolicy: WaitForTermination
          postBuild: { substituteFrom: [{ kind: Secret, name: cluster-secrets }] }
          patches:
            - target: { group: helm.toolkit.fluxcd.io, kind: HelmRelease }
              patch: |-
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: { name: _ }
                spec: { install: { crds: CreateReplace } }
`,
  [`${apps}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: media
resources: [./namespace.yaml, ./home]
`,
  [`${apps}/namespace.yaml`]: `apiVersion: v1
kind: Namespace
metadata: { name: media, annotations: { kustomize.toolkit.fluxcd.io/prune: disabled } }
`,
};

function repositoryWith(above: Readonly<Record<string, string>>): readonly Manifest[] {
  const own = [...dist].map(([path, text]) => [`${apps}/${path}`, text] as const);
  return readRepository(filesOf('it', new Map([...own, ...Object.entries(above)]))).inventory.manifests;
}

function kustomizationsIn(manifests: readonly Manifest[]): Field[] {
  return manifests
    .map((manifest) => Field.of(manifest))
    .filter((one) => one.get('kind') === 'Kustomization' && one.at('spec', 'path').exists)
    .filter((one) => one.at('metadata', 'name').text !== 'cluster-apps');
}

describe('below a parent that patches every Kustomization and moves it into a namespace', () => {
  const [alone, below] = [repositoryWith({}), repositoryWith(around)];
  const layers = kustomizationsIn(below);

  test('control: the parent has written over them', () => {
    expect(layers.length).toBe(8);
    for (const layer of layers) {
      expect(layer.get('spec', 'deletionPolicy')).toBe('WaitForTermination');
      expect(layer.at('metadata', 'namespace').text).toBe('media');
      expect(layer.at('spec', 'patches').items.length).toBe(1);
    }
  });

  test('what waits still waits, for layers that are there, and the source is found', () => {
    const names = layers.map((one) => one.at('metadata', 'name').text);
    const before = new Map(kustomizationsIn(alone).map((one) => [one.at('metadata', 'name').text, one]));
    for (const layer of layers) {
      const own = before.get(layer.at('metadata', 'name').text);
      for (const field of ['dependsOn', 'wait', 'healthChecks', 'healthCheckExprs', 'timeout', 'sourceRef']) {
        expect([field, layer.get('spec', field)]).toEqual([field, own?.get('spec', field)]);
      }
      for (const other of layer.at('spec', 'dependsOn').items) {
        expect(names).toContain(other.at('name').text);
        // It is the namespace of the Kustomization itself, whatever the parent makes of that.
        expect(other.at('namespace').exists).toBe(false);
      }
    }
    expect(layers.filter((one) => one.at('spec', 'dependsOn').items.length > 0).length).toBe(6);
  });

  test('what holds data says itself that it stays, and the guard is as it was', () => {
    const holders = below.filter(({ object }) => object.metadata?.labels?.[dataLabel] !== undefined);
    expect(holders.map(({ object }) => object.kind).sort()).toEqual([
      'Cluster',
      'Namespace',
      'ObjectStore',
      'PersistentVolumeClaim',
      'PersistentVolumeClaim',
    ]);
    for (const { object } of holders) {
      expect(object.metadata?.annotations?.['kustomize.toolkit.fluxcd.io/prune']).toBe('disabled');
    }
    const policies = (manifests: readonly Manifest[]) =>
      manifests
        .filter(({ object }) => object.kind.startsWith('ValidatingAdmissionPolicy'))
        .map(({ object }) => object);
    expect(policies(below).length).toBe(4);
    expect(policies(below)).toEqual(policies(alone));
  });

  test('nothing but Kustomizations is changed, and no script has what Flux would fill in', () => {
    const others = (manifests: readonly Manifest[]) =>
      manifests
        .filter(({ file, object }) => file.startsWith(`${apps}/home/`) && object.kind !== 'Kustomization')
        .map(({ object }) => object);
    expect(others(below)).toEqual(others(alone));
    const taken = others(below).filter((object) => /\$[{$]/.test(JSON.stringify(object)));
    expect(taken.map(({ metadata }) => metadata?.name)).toEqual(['immich-drill']);
    for (const { metadata } of taken) {
      expect(metadata?.annotations?.['kustomize.toolkit.fluxcd.io/substitute']).toBe('disabled');
    }
  });

  test('the audit has no error', () => {
    const findings = audit(new Inventory(below));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('from one layout to the other what holds data stays, and the way is told', () => {
  const usual = distOf(home);
  const laid = distOf(edited(home, ['host:', 'flux: { layout: cluster-template }\nhost:']));
  for (const [before, after] of [
    [usual, laid],
    [laid, usual],
  ] as const) {
    const changes = changesOfTexts(before, after);
    expect(shown(changes)).toEqual([expect.stringMatching(/^steps home:flux\.layout:layout:/)]);
    expect(changes[0]?.steps.join()).toContain('"suspend":true');
  }
  // A layer more or less is no other layout.
  const more = distOf(edited(home, ['\nhost:', '\nmonitoring: { enabled: true }\nhost:']));
  for (const changes of [changesOfTexts(usual, more), changesOfTexts(more, usual)]) {
    expect(shown(changes).join()).not.toContain('layout');
  }
});

test('a namespace that the kustomization.yaml above makes is not made twice', () => {
  const mine = (more: string) =>
    edited(home, ['host:', `flux: { layout: cluster-template, namespace: immich }\n${more}host:`]);
  expect(errorsIn(mine('')).join()).toContain('sharedNamespace: true');
  expect(errorsIn(mine('sharedNamespace: true\n'))).not.toContain('sharedNamespace: true');
});

test('every layer is among those whose names are looked at', () => {
  for (const text of [home, k3s, tachtit]) {
    const folders = [...distOf(text).keys()]
      .map((path) => path.split('/'))
      .filter(({ length }) => length === 4);
    const layers = [...new Set(folders.flatMap(([, , layer]) => layer ?? []))].filter(
      (one) => one !== 'flux',
    );
    expect(layers.length).toBeGreaterThan(5);
    for (const layer of layers) expect(layerNames).toContain(layer);
  }
});
