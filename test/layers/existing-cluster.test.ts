import { parse } from 'yaml';
import { changesOfEdits, changesOfTexts, distOf, shown } from '../changes/judged.ts';
import { edited, errorsIn, home } from '../installation/example.ts';

/** `home` with its database in a Cluster of others. */
const theirs = `${home.slice(0, home.indexOf('database:'))}database:
  cnpg:
    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
    existing:
      cluster: shared
      namespace: databases
      store: { s3: { bucket: theirs, endpoint: https://s3.example.com, credentials: theirs } }
      storage: { storageClass: longhorn, size: 50Gi }
${home.slice(home.indexOf('route:'))}`;

const dist = distOf(theirs);
const at = (path: string) => parse(dist.get(`home/home/${path}.yaml`) ?? '');

test('there is a Database beside the Cluster, and nothing of the Cluster itself', () => {
  expect(at('database/database.shared-immich')).toMatchObject({
    metadata: {
      namespace: 'databases',
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    },
    spec: { cluster: { name: 'shared' }, name: 'immich', owner: 'immich', databaseReclaimPolicy: 'retain' },
  });
  const objects = [...dist].flatMap(([path, text]) => (path.endsWith('.yaml') ? [parse(text)] : []));
  const inTheirs = objects.filter(({ metadata }) => metadata?.namespace === 'databases');
  expect(inTheirs.map(({ kind }) => kind)).toEqual(['Database']);
  expect(objects.map(({ kind }) => kind)).not.toContain('ScheduledBackup');
  expect(objects.filter(({ kind }) => kind === 'Cluster')).toEqual([]);
});

test('Immich waits for it, and finds it by its Service with the login that is told', () => {
  const { spec } = at('flux/kustomization.immich-home-database');
  expect(spec.healthChecks).toEqual([
    { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', name: 'shared', namespace: 'databases' },
    { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database', name: 'shared-immich', namespace: 'databases' },
  ]);
  const app = at('flux/kustomization.immich-home-app').spec.dependsOn.map(
    ({ name }: { name: string }) => name,
  );
  expect(app).toEqual(['immich-home-storage', 'immich-home-database', 'immich-home-indexes']);
  const server = JSON.stringify(at('app/deployment.immich-server'));
  expect(server).toContain('"shared-rw.databases.svc.cluster.local"');
  expect(server).toContain('"name":"immich-database"');
});

test('the drill restores from the store of the others, and the Job looks at their indexes', () => {
  expect(at('drill/objectstore.immich-drill').spec.configuration).toMatchObject({
    destinationPath: 's3://theirs/immich',
    endpointURL: 'https://s3.example.com',
  });
  expect(dist.get('home/home/drill/configmap.immich-drill.yaml')).toContain('serverName: shared\n');
  const job = [...dist].find(([path]) => path.includes('/indexes/job.'))?.[1] ?? '';
  expect(job).toContain('value: shared-rw.databases.svc.cluster.local');
  const policy = JSON.stringify(at('namespace/networkpolicy.immich-vectorchord'));
  expect(policy).toContain('databases');
});

test('role, Secret and settings are told', () => {
  const runbook = dist.get('home/RUNBOOK.md') ?? '';
  expect(runbook).toContain(
    '- { name: immich, ensure: present, login: true, passwordSecret: { name: immich-database } }',
  );
  expect(runbook).toContain('shared_preload_libraries: [vchord.so]');
  for (const secret of ['databases', 'immich']) {
    expect(runbook).toMatch(new RegExp(`immich-database.*${secret}|${secret}.*immich-database`));
  }
  expect(runbook).not.toContain('delete clusters.postgresql.cnpg.io shared');
});

test('External Secrets makes the login in both namespaces', () => {
  const made = distOf(
    edited(theirs, ['route:', 'secrets: { externalSecrets: { store: { name: vault } } }\nroute:']),
  );
  const file = made.get('home/home/secrets/externalsecret.immich-database.yaml') ?? '';
  expect(file.split('---\n').map((text) => parse(text).metadata.namespace)).toEqual(['immich', 'databases']);
});

test('without a store there is no drill, and a reason', () => {
  const store =
    '      store: { s3: { bucket: theirs, endpoint: https://s3.example.com, credentials: theirs } }\n';
  const without = edited(theirs, [store, '      store: none\n']);
  expect(errorsIn(without).join()).toContain('"none" needs a reason');
  const files = distOf(edited(theirs, [store, '      store: none\n      reason: the owners prove it\n']));
  expect([...files.keys()].filter((path) => path.includes('/drill/'))).toEqual([]);
});

test.each([
  ['cluster: shared', 'cluster: shared\n      instances: 2', 'instances'],
  ['    existing:', '    instances: 2\n    existing:', 'exclude each other'],
  ['      storage: { storageClass: longhorn, size: 50Gi }\n', '', '"storage" is missing'],
  ['namespace: databases', 'namespace: immich', "Immich's own namespace"],
  ['17.10-1.1.1', '17.10', 'VectorChord'],
])('%j as %j is refused', (from, to, said) => {
  expect(errorsIn(edited(theirs, [from, to])).join('\n')).toContain(said);
});

test('from a database of our own to theirs and back is refused', () => {
  const own = distOf(home);
  expect(shown(changesOfTexts(own, dist))[0]).toBe('refused home:database:remove:immich-db->external');
  expect(shown(changesOfTexts(dist, own))[0]).toMatch(/^refused home:database:database:/);
});

test('another Cluster is refused, and an older VectorChord', () => {
  expect(shown(changesOfEdits(theirs, ['cluster: shared', 'cluster: other']))[0]).toMatch(/^refused/);
  expect(shown(changesOfEdits(theirs, ['17.10-1.1.1', '17.10-1.0.0']))[0]).toMatch(/^(refused|steps)/);
});

test('in a namespace of many, the drill names one of its own below the store', () => {
  const many = `namespace: media
sharedNamespace: true
${theirs}`;
  expect(errorsIn(many).join('\n')).toContain(
    '"media" is shared with others, and the restore drill makes a namespace',
  );
  const named = edited(many, [
    'credentials: theirs }',
    'credentials: theirs }, drill: { namespace: media-drill }',
  ]);
  expect(errorsIn(named)).toEqual([]);
});

test('an extension that the Cluster mounts tells which VectorChord it has', () => {
  const mounted = edited(theirs, [
    'image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
    'image: ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm\n    vectorchord: { image: ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1 }',
  ]);
  expect(distOf(mounted).get('home/home/database/database.shared-immich.yaml')).toContain('version: "1.1.1"');
});
