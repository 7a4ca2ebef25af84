import { App, Chart } from 'cdk8s';
import { problemText } from '../../lib/installation/parse.ts';
import { Immich } from '../../lib/layers/immich.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { changesOfEdits, shown } from '../changes/judged.ts';
import { edited, home, tachtit } from '../installation/example.ts';

function made(more: string, text = home) {
  const { problems, findings, files } = synthesize(new Map([['home.yaml', `${text}${more}\n`]]));
  return {
    errors: problems.filter(({ severity }) => severity === 'error').map(problemText),
    findings,
    files: files ?? new Map<string, string>(),
  };
}

const patches = (target: string, patch: string) => `patches: [{ target: { ${target} }, patch: ${patch} }]`;
const server = 'kind: Deployment, name: immich-server';
const file = 'home/home/app/deployment.immich-server.yaml';

test('operations and parts change what is written, and nothing else', () => {
  const before = made('').files;
  for (const patch of [
    '[{ op: add, path: /spec/template/spec/hostname, value: photos }]',
    '{ spec: { template: { spec: { hostname: photos } } } }',
  ]) {
    const { errors, findings, files } = made(patches(server, patch));
    expect([...errors, ...findings]).toEqual([]);
    expect([...files].filter(([path, text]) => before.get(path) !== text).map(([path]) => path)).toEqual([
      file,
    ]);
    expect(files.get(file)).toContain('\n# patches[0] of the installation file changes this object.\n');
    expect(files.get(file)).toContain('\n      hostname: photos\n');
  }
});

test('the second cluster is patched too', () => {
  const { errors, files } = made(
    patches(
      'kind: Cluster, name: immich-db-tachtit-cnpg-v0',
      '[{ op: add, path: /spec/logLevel, value: debug }]',
    ),
    tachtit,
  );
  expect(errors).toEqual([]);
  const found = [...files].filter(([, text]) => text.includes('logLevel: debug'));
  expect(found.map(([path]) => path)).toEqual([
    'tachtit/tachtit-data/database/cluster.immich-db-tachtit-cnpg-v0.yaml',
  ]);
});

test('a comment goes with the value that it stood beside', () => {
  const added = made(
    patches(
      server,
      '[{ op: add, path: /spec/template/spec/containers/0, value: { name: first, image: "example.com/a:v1" } }]',
    ),
  );
  expect(added.errors.join('\n')).not.toContain('a comment belongs to');
});

test.each([
  [
    'kind: Deployment, name: immich-servr',
    '{ a: b }',
    'patches[0].target: "Deployment immich-servr" is no object of this installation. Did you mean "immich-server"?',
  ],
  [
    'kind: Deploymnt, name: immich-server',
    '{ a: b }',
    'which has none of that kind. Did you mean Deployment?',
  ],
  [
    'kind: Deployment, name: immich-server, namespace: photos',
    '{ a: b }',
    '"Deployment photos/immich-server" is no object',
  ],
  [
    server,
    '[{ op: replace, path: /spec/paused, value: true }]',
    'patches[0].patch[0].path: /spec/paused leads nowhere',
  ],
  [server, '{ spec: { paused: null } }', 'patches[0].patch: There is nothing at /spec/paused to remove.'],
  [server, '[{ op: replace, path: /spec/replicas }]', '"value" is missing: what /spec/replicas becomes.'],
  [server, '[{ op: move, path: /spec/replicas }]', '"move" is not one of add, replace, remove, test.'],
  [server, '"- op: remove"', 'The patch is a text here. Write it as YAML'],
  [server, '[]', 'The list is empty.'],
  [server, '{}', 'is no patch'],
])('%s, %s is told at its key', (target, patch, message) => {
  const { errors, files } = made(patches(target, patch));
  expect(errors).toEqual([expect.stringContaining(message)]);
  expect(files.size).toBe(0);
});

describe('what the design protects stays', () => {
  test.each([
    [server, '{ metadata: { name: other } }', 'metadata.name'],
    [server, '{ metadata: { namespace: other } }', 'metadata.namespace'],
    [server, '{ kind: StatefulSet }', 'kind'],
    [
      server,
      '{ spec: { template: { spec: { volumes: [] } } } }',
      'volume library and volumeMounts of the container server',
    ],
    [
      server,
      '[{ op: add, path: /spec/template/spec/containers/0/volumeMounts/-, value: { name: tmp, mountPath: /data/upload } }]',
      'volumeMounts of the container server',
    ],
    [
      'kind: PersistentVolumeClaim, name: immich-library',
      '{ metadata: { annotations: { kustomize.toolkit.fluxcd.io/prune: null } } }',
      'metadata.annotations["kustomize.toolkit.fluxcd.io/prune"]',
    ],
    [
      'kind: PersistentVolumeClaim, name: immich-library',
      '[{ op: replace, path: /spec/resources/requests/storage, value: 1Gi }]',
      'spec.resources',
    ],
    ['kind: Cluster, name: immich-db', '{ spec: { imageName: other } }', 'spec.imageName'],
    ['kind: Cluster, name: immich-db', '[{ op: remove, path: /spec/bootstrap }]', 'spec.bootstrap'],
    ['kind: Cluster, name: immich-db', '{ spec: { backup: { retentionPolicy: 1d } } }', 'spec.backup'],
    ['kind: Cluster, name: immich-db', '{ spec: { plugins: [] } }', 'spec.plugins'],
    [
      'kind: Cluster, name: immich-db',
      '{ metadata: { annotations: { cnpg.io/skipEmptyWalArchiveCheck: enabled } } }',
      'metadata.annotations["cnpg.io/skipEmptyWalArchiveCheck"]',
    ],
    ['kind: Kustomization, name: immich-home-database', '{ spec: { prune: false } }', 'spec.prune'],
    ['kind: Kustomization, name: immich-home-database', '{ spec: { force: true } }', 'spec.force'],
    ['kind: Kustomization, name: immich-home-database', '{ spec: { patches: [] } }', 'spec.patches'],
  ])('%s, %s', (target, patch, value) => {
    const { errors } = made(patches(target, patch));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`: ${value} `);
    expect(errors[0]).toContain('protected');
  });

  test.each([
    ['kind: Cluster, name: immich-db', '{ spec: { logLevel: debug } }'],
    ['kind: Kustomization, name: immich-home-app', '{ spec: { suspend: true, timeout: 20m } }'],
    [server, '{ metadata: { annotations: { example.com/a: b } } }'],
  ])('%s, %s is none of it', (target, patch) => {
    expect(made(patches(target, patch)).errors).toEqual([]);
  });
});

test('the rules judge what a patch makes', () => {
  const refers =
    '[{ op: add, path: /spec/template/spec/containers/0/envFrom, value: [{ configMapRef: { name: tuning } }] }]';
  expect(made(patches(server, refers)).errors).toEqual([
    expect.stringContaining('There is no ConfigMap "tuning" in namespace "immich"'),
  ]);
  expect(made(`exists: [ConfigMap/tuning]\n${patches(server, refers)}`).errors).toEqual([]);
  expect(made(`exists: [ConfigMap/other/tuning]\n${patches(server, refers)}`).errors).toHaveLength(1);
});

test('the report of changes sees it', () => {
  const more = patches(server, '{ spec: { template: { spec: { hostname: photos } } } }');
  const changes = changesOfEdits(home, ['route:', `${more}\nroute:`]);
  expect(shown(changes)).toEqual([expect.stringMatching(/^restarting home:Deployment\/immich-server/)]);
});

test('a variable of Flux is not filled in there', () => {
  const flux = 'flux: { substitute: { from: [{ kind: Secret, name: s }], variables: [DOMAIN] } }';
  const text = edited(home, ['host: photos.example.com', "host: 'photos.${DOMAIN}'"]);
  const { errors } = made(`${flux}\n${patches(server, "{ spec: { a: '${DOMAIN}' } }")}`, text);
  expect(errors).toEqual([expect.stringContaining('is filled in in hosts and addresses, and not here.')]);
});

test('the construct says that it applies none', () => {
  const chart = new Chart(new App(), 'chart');
  const installation = `${home}${patches(server, '{ spec: { paused: true } }')}\n`;
  expect(() => new Immich(chart, 'immich', { installation })).toThrow(
    'patches: They are applied by synth alone.',
  );
});

describe('a value of another type than its field has is refused, with its line', () => {
  test.each([
    [
      '{ spec: { replicas: "2" } }',
      'home.yaml:16:91: patches[0].patch.spec.replicas: Deployment immich/immich-server: spec.replicas takes a whole number, and here is "2". Write 2.',
    ],
    [
      '[{ op: add, path: /spec/template/spec/containers/0/env/-, value: { name: PORT, value: 8080 } }]',
      'takes a text, and here is 8080. Write "8080".',
    ],
    [
      '[{ op: test, path: /spec/replicas, value: 1 }, { op: replace, path: /spec/replicas, value: [1] }]',
      'patches[0].patch[1].value: Deployment immich/immich-server: spec.replicas takes a whole number, and here is a list. Kubernetes refuses the object with it.',
    ],
    [
      '{ spec: { template: { spec: { hostNetwork: "false" } } } }',
      'takes true or false, and here is "false". Write false.',
    ],
  ])('%s', (patch, said) => {
    expect(made(patches(server, patch)).errors).toEqual([expect.stringContaining(said)]);
  });

  test('of a kind of others too', () => {
    const { errors } = made(
      patches('kind: Cluster, name: immich-db', '{ spec: { postgresql: { parameters: { work_mem: 16 } } } }'),
    );
    expect(errors.join()).toContain('spec.postgresql.parameters.work_mem takes a text, and here is 16');
  });

  test('and what is of the right type is not', () => {
    for (const patch of [
      '{ spec: { template: { spec: { hostname: "8080" } } } }',
      '[{ op: add, path: /spec/template/spec/containers/0/resources/limits/cpu, value: 2 }]',
      '{ spec: { minReadySeconds: 5 } }',
    ]) {
      expect(made(patches(server, patch)).errors).toEqual([]);
    }
  });
});
