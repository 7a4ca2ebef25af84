import { parse } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { podSecurityViolations } from '../pod-security.ts';
import { validateStrictly } from '../schemas/validate.ts';
import { type Edit, edited, errorsIn, home, tachtit, warningsIn } from './example.ts';

const right: Readonly<Record<string, string>> = {
  host: 'old.example.net',
  password: '{ secret: old-database, key: password }',
  postgres: '14',
  extension: 'vchord',
  size: '8Gi',
};

/** home, asleep, whose database is imported. */
function importing(keys: Readonly<Record<string, string>> = {}, more = ''): string {
  const written = Object.entries({ ...right, ...keys }).map(([key, value]) => `${key}: ${value}`);
  return edited(`${home}stopped: true\n`, [
    '  cnpg:\n',
    `  cnpg:\n    importFrom: { ${written.join(', ')} }\n${more}`,
  ]);
}

const importWarnings = (text: string) => warningsIn(text).filter((warning) => warning.includes('importFrom'));

describe('what is right has one warning, which says when it counts', () => {
  test.each([
    ['VectorChord', {}],
    ['pgvector alone', { extension: 'vector' }],
    ['verified TLS', { sslmode: 'verify-full', ca: '{ secret: old-database, key: ca.crt }' }],
    ['an address', { host: '192.168.1.5', port: '5433' }],
    ['the PostgreSQL of the image', { postgres: '17' }],
    ['half of the volume', { size: '10Gi' }],
  ])('%s', (_, keys) => {
    expect(errorsIn(importing(keys))).toEqual([]);
    expect(importWarnings(importing(keys))).toEqual([
      expect.stringContaining('A database that exists is not touched. Remove importFrom as soon as'),
    ]);
  });
});

test.each<[Readonly<Record<string, string>>, string]>([
  [{ postgres: '13' }, '"13" is older than 14, the first PostgreSQL that Immich works with'],
  [{ postgres: '18' }, '"18" is newer than the PostgreSQL 17 of image, whose pg_dump cannot read it'],
  [
    { extension: 'vectors' },
    'In this order, where the database is now: 1. Immich v2 (v1.133 or newer), no v3.',
  ],
  [{ extension: 'pgvecto.rs' }, '"pgvecto.rs"'],
  [{ size: '30Gi' }, '"30Gi" does not fit into database.cnpg.storage.size, which is "20Gi"'],
  [{ sslmode: 'verify-full' }, '"verify-full" has nothing to verify with'],
  [{ sslmode: 'disable', ca: '{ secret: a, key: b }' }, '"ca" verifies nothing with sslmode: disable'],
  [{ password: 'hunter2' }, 'A secret must not stand here'],
  [{ host: 'old.databases.svc', port: '80' }, 'Write network: { egress: [{ from: database'],
])('%j is an error', (keys, message) => {
  const errors = errorsIn(importing(keys)).join('\n');
  expect(errors).toContain(message);
  expect(errors).not.toContain('hunter2');
});

test('a database has one beginning', () => {
  const text = importing({}, '    lineage: v1\n    restoreFrom: v0\n');
  expect(errorsIn(text).join('\n')).toContain('"importFrom" and "restoreFrom" both say');
});

test.each<[Readonly<Record<string, string>>, string]>([
  [{ size: '11Gi' }, '"11Gi" may not fit into database.cnpg.storage.size'],
  [{ sslmode: 'disable' }, 'unencrypted'],
])('%j is doubted', (keys, message) => {
  expect(errorsIn(importing(keys))).toEqual([]);
  expect(warningsIn(importing(keys)).join('\n')).toContain(message);
});

test('an Immich that would start before anybody has compared the rows is doubted', () => {
  const awake = edited(importing(), ['stopped: true\n', '']);
  expect(importWarnings(awake).join('\n')).toContain('before its rows were compared');
});

describe('dist', () => {
  const text = importing({
    sslmode: 'verify-full',
    ca: '{ secret: old-database, key: ca.crt }',
    port: '5433',
  });
  const { files, clusters } = synthesize(new Map([['installations/x.yaml', text]]));
  const written = [...(files ?? [])];
  const find = (part: string) => parse(written.find(([file]) => file.endsWith(part))?.[1] ?? 'null');
  const cluster = find('database/cluster.immich-db.yaml');

  test("imports one database into Immich's, with the letters of all alphabets", () => {
    expect(validateStrictly(cluster)).toEqual([]);
    const { initdb } = cluster.spec.bootstrap;
    expect(initdb).toMatchObject({ database: 'immich', owner: 'immich', localeCType: 'C.UTF-8' });
    expect(initdb.import).toEqual({
      type: 'microservice',
      databases: ['immich'],
      source: { externalCluster: cluster.spec.externalClusters[0].name },
    });
    expect(cluster.spec.externalClusters).toEqual([
      {
        name: initdb.import.source.externalCluster,
        connectionParameters: {
          host: 'old.example.net',
          port: '5433',
          user: 'postgres',
          dbname: 'immich',
          sslmode: 'verify-full',
        },
        password: { name: 'old-database', key: 'password' },
        sslRootCert: { name: 'old-database', key: 'ca.crt' },
      },
    ]);
  });

  test('lets the database out to the old one, and nobody else', () => {
    const reaching = written.filter(
      ([file, yaml]) => file.includes('networkpolicy.') && yaml.includes('5433'),
    );
    expect(reaching.map(([file]) => file)).toEqual([
      expect.stringMatching(/networkpolicy\.immich-db\.yaml$/),
    ]);
  });

  test('asks for the Secret', () => {
    expect(clusters[0]?.plan?.secrets).toContainEqual(
      expect.objectContaining({ name: 'old-database', namespace: 'immich', keys: ['password', 'ca.crt'] }),
    );
  });

  test('has a chapter that compares before it lets anybody in', () => {
    const runbook = written.find(([file]) => file.endsWith('/RUNBOOK.md'))?.[1] ?? '';
    const [, chapter = ''] = runbook.split('\n## Import the database\n');
    const places = [
      'grep import',
      '--host old.example.net --port 5433 --username postgres --dbname immich',
      'diff old.txt new.txt',
      'Bring the server back',
    ].map((part) => chapter.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  test('has none where nothing is imported', () => {
    const { files } = synthesize(new Map([['installations/x.yaml', home]]));
    expect(JSON.stringify([...(files ?? [])])).not.toMatch(/Import the database|type: microservice\b/);
  });
});

describe('a dump in the library', () => {
  const file = (version: string) => `backups/immich-db-backup-20261120T020000-${version}-pg17.5.sql.gz`;
  const reading = (dump: string, ...edits: readonly Edit[]) =>
    edited(home, ['  cnpg:\n', `  cnpg:\n    importFrom: { dump: ${dump} }\n`], ...edits);

  test.each([file('v3.3.1'), file('v2.5.0'), 'backups/mine.sql.gz', 'dump.sql.gz'])('%s is read', (dump) => {
    expect(errorsIn(reading(dump))).toEqual([]);
    expect(importWarnings(reading(dump))).toEqual([
      expect.stringContaining('one that people are in is not touched'),
    ]);
  });

  test.each<[string, string]>([
    [file('v3.3.2'), 'was made by Immich v3.3.2, and v3.3.1 cannot read what a newer one wrote'],
    [file('v2.4.1'), 'was made by Immich v2.4.1: until v2.4 it is a dump of a whole server'],
    ['/data/backups/dump.sql.gz', 'is not a dump in the library. Write its path from the top'],
    ['../dump.sql.gz', 'is not a dump in the library'],
    ['backups/dump.sql', 'is not a dump in the library'],
    ['"backups/$(reboot).sql.gz"', 'is not a dump in the library'],
  ])('%s is refused', (dump, message) => {
    expect(errorsIn(reading(dump)).join('\n')).toContain(message);
  });

  test('has no second beginning beside it, and no library in another cluster', () => {
    const restored: Edit = ['  cnpg:\n', '  cnpg:\n    lineage: v1\n    restoreFrom: v0\n'];
    expect(errorsIn(reading(file('v3.3.1'), restored)).join('\n')).toContain(
      '"importFrom" and "restoreFrom" both say',
    );
    const both = edited(home, [
      '  cnpg:\n',
      '  cnpg:\n    importFrom: { dump: a.sql.gz, host: old.example.net }\n',
    ]);
    expect(errorsIn(both).join('\n')).toContain('"dump" and "host" exclude each other');
    const apart = edited(tachtit, ['  cnpg:\n', '  cnpg:\n    importFrom: { dump: a.sql.gz }\n']);
    expect(errorsIn(apart).join('\n')).toContain('so that no pod sees both');
  });

  const { files } = synthesize(new Map([['installations/x.yaml', reading(file('v3.3.1'))]]));
  const written = (part: string) =>
    parse([...(files ?? [])].find(([path]) => path.includes(part))?.[1] ?? 'null');

  test('is read by a Job that only reads the library, after the database and before Immich', () => {
    const job = written('/import/job.');
    const { spec } = job.spec.template;
    expect(podSecurityViolations(spec)).toEqual([]);
    expect(spec.containers[0].volumeMounts).toContainEqual({
      name: 'library',
      mountPath: '/library',
      readOnly: true,
    });
    const dependenciesOf = (layer: string) =>
      written(`/flux/kustomization.immich-home-${layer}.yaml`).spec.dependsOn.map(
        ({ name }: { name: string }) => name,
      );
    expect(dependenciesOf('import')).toEqual(['immich-home-storage', 'immich-home-database']);
    expect(dependenciesOf('indexes')).toContain('immich-home-import');
    expect(dependenciesOf('app')).toContain('immich-home-indexes');
  });

  test('is not there where none is asked for', () => {
    const plain = synthesize(new Map([['installations/x.yaml', home]])).files ?? new Map();
    expect([...plain.keys()].filter((path) => path.includes('import'))).toEqual([]);
  });
});
