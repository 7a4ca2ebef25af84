import { Ajv } from 'ajv';
import { parse, stringify } from 'yaml';
import { editorSchema } from '../../lib/reference/editor-schema.ts';
import { edited, errorsIn, homeWith, isMapping, type Mapping, shippedTexts } from './example.ts';
import { mistakes } from './mistakes.ts';

/** The schema as editors compile it: most of them read draft 07, which is what it says of itself. */
const schema: unknown = JSON.parse(editorSchema());
const editorTakes = new Ajv({ strict: false }).compile(isMapping(schema) ? schema : {});

const synthTakes = (installation: unknown) => errorsIn(stringify(installation)).length === 0;

const size = 'volumes.library.size';
const cpu = 'server.resources.requests.cpu';
const schedule = 'database.cnpg.backup.schedule';
const cron = 'config.backup.database.cronExpression';
const drill = 'database.cnpg.backup.drill.schedule';
const bucket = 'database.cnpg.backup.s3.bucket';
const endpoint = 'database.cnpg.backup.s3.endpoint';
const addresses = 'network.apiServer.addresses';
const egress = (part: Mapping) => [
  { from: 'server', to: { cidr: '10.0.0.0/8' }, ports: [443], why: 'a test', ...part },
];
const digest = `sha256:${'0a'.repeat(32)}`;
const long = (length: number) => 'a'.repeat(length);

const taken: readonly (readonly [path: string, values: readonly unknown[]])[] = [
  [size, ['500Gi', '0.5Ti', '.5Ti', '1e12', '500G', '+20Gi', '2000000000', '2000000k', '2097152Ki']],
  [cpu, ['200m', '1', '0.5', 1, 0.25, '1e0', '1000000n']],
  ['version', ['v3.3.1', 'v2.5.0', 'v10.0.0', 'v3.30.12']],
  ['database.cnpg.operator', ['1.26', '1.30', '1.30.2', '2.0', '1.100']],
  ['kubernetes', ['1.34', '1.30']],
  [
    schedule,
    [
      '0 0 3 * * *',
      '@daily',
      '@weekly',
      '@every 6h',
      '0 30 1,13 * * MON-FRI',
      '0 0 3 ? * sun',
      ' 0 0 3 * * * ',
    ],
  ],
  [cron, ['0 2 * * *', '0 2 * * 7', '30 0 2 * * *', '*/15 * * * *', '0 2 * * SUN', '0 2 1,15 * ?', '@daily']],
  [drill, ['daily', 'weekly', 'monthly', '30 4 * * 0', '0 4 * JAN-jun 1-5/2']],
  ['host', ['photos.example.com', 'a.b', '1.example', 'xn--bcher-kva.example', `${long(63)}.example.com`]],
  [
    'timezone',
    ['Europe/Zurich', 'Etc/UTC', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Asia/Kolkata', 'CET'],
  ],
  ['database.cnpg.backup.retention', ['14d', '4w', '6m', '36600d']],
  [bucket, ['immich-backups', 'a.b', '123']],
  [
    endpoint,
    [
      'https://s3.example.com',
      'http://s3.example.com:9000',
      'https://10.0.0.1:443',
      'https://[fd00::1]:9000',
    ],
  ],
  [addresses, [['10.0.0.10/32'], ['fd00::/8'], ['0.0.0.0/0', '::/0']]],
  [
    'network.egress',
    [
      egress({ ports: [443, '53/UDP', '8080/TCP', 65_535] }),
      egress({ to: { namespace: 'a', labels: { 'app.kubernetes.io/name': 'B_c' } } }),
    ],
  ],
  [
    'server.image',
    [
      'ghcr.io/immich-app/immich-server:v3.3.1',
      `localhost:5000/a/immich-server:v3.3.1@${digest}`,
      `immich-server:v3.3.1@${digest}`,
    ],
  ],
  [
    'valkey.image',
    ['docker.io/valkey/valkey:9.1-alpine', `valkey@${digest}`, '[::1]:5000/a__b/c-d:_x', 'my.Registry/x:1'],
  ],
  ['name', [long(44)]],
  ['database.cnpg.name', [long(50)]],
  [
    'database.cnpg.parameters',
    [
      { shared_buffers: '1GB', ssl_ciphers: 'HIGH' },
      { 'pg_stat_statements.max': '100' },
      { 'pg_failover_slots.version': '1' },
    ],
  ],
  ['valkey.persistence', [{ storageClass: 'fast.local', size: '2Gi' }]],
  ['flux.path', ['./dist', 'dist', 'a/b-c/..d']],
  ['flux.interval', ['60m', '1h30m', '10s']],
  ['route.traefik.readTimeout', ['12h', '0', '600s']],
  ['server.environment', [{ IMMICH_LOG_LEVEL: 'debug' }]],
  ['server.labels', [{ team: 'home', 'example.com/team': 'a_B.c' }]],
  ['server.volumes', [{ more: { empty: { size: '1Gi' }, path: '/mnt/more' } }]],
  ['config.nightlyTasks.startTime', ['03:30', '23:59']],
  ['config.ffmpeg.maxBitrate', ['0', '2600k', '8M']],
  ['config.server.externalDomain', ['https://photos.example.com', '']],
  ['accept', [[{ change: 'home:namespace:rename:immich->photos', because: 'it is empty' }]]],
];

const refused: typeof taken = [
  [size, ['500GB', '500', 500, '500gi', '0Gi', '-1Gi', '5 Gi', '500m', '100k', '12u', '', '1,5Ti', 'Gi']],
  ['server.resources.requests.memory', ['4GB', '512', '512M i', '0', '0.0Gi']],
  [cpu, ['2000', '0', 0, -1, 4000, '4Gi', '1 core', '']],
  ['version', ['latest', '3.3.1', 'v3', 'v3.3', 'v3.3.1-rc.1', 'v03.3.1', 'v1.135.0', 3, 'release']],
  ['database.cnpg.operator', ['1', '1.20', '1.25.9', '0.30', 'v1.30', 1.3, 'latest']],
  ['kubernetes', ['1.3', 1.34, 'v1.34', '1.34.1', '2.0']],
  [
    schedule,
    [
      '0 3 * * *',
      '0 0 25 * * *',
      '0 60 3 * * *',
      '0 0 3 * 13 *',
      '0 0 3 * * 7',
      '0 0 3 * * *  *',
      '@dayly',
      '@every 6',
      'daily',
      '',
      '0 0 3 32 * *',
      '0 0 3 0 * *',
      '0 0 3 */0 * *',
    ],
  ],
  [
    cron,
    [
      '0 2 * *',
      '0 24 * * *',
      '60 2 * * *',
      '0 2 * * 8',
      '0 2 32 * *',
      '0 2 * 0 *',
      '0 2 * * MO',
      '0 0 0 2 * * *',
      '@dayly',
      '0 2,, * * *',
    ],
  ],
  [drill, ['yearlyish', '0 30 4 * * 0', '30 24 * * 0', '30 4 * * 7', '30 4 ? * 0', '30 +4 * * 0', 'Weekly']],
  [
    'host',
    [
      'https://photos.example.com',
      'Photos.example.com',
      'photos',
      'photos.example.com/',
      'photos.example.com:443',
      '10.0.0.1',
      '*.example.com',
      'a..b',
      '-a.b',
      'photos.example.com.',
      `${long(64)}.example.com`,
      '',
    ],
  ],
  ['timezone', ['CEST', 'europe/zurich', 'EUROPE/ZURICH', 'Europe', 'UTC+1', '+01:00', 'Local', '']],
  ['database.cnpg.backup.retention', ['14', '14 d', '2y', '0d', '999999d', '14D']],
  [bucket, ['Immich', 'ab', 's3://immich', 'a_b', '10.0.0.1', 'xn--a', 'a-s3alias', 'a..b', '-ab']],
  [
    endpoint,
    [
      's3.example.com',
      'https://s3.example.com/',
      'https://s3.example.com/bucket',
      's3://bucket',
      'https://',
      'https://s3.example.com:0',
      'https://s3.example.com:99999',
      'https://S3.example.com',
      'https://user@s3.example.com',
    ],
  ],
  [
    addresses,
    [['10.0.0.10'], ['10.0.0.0/33'], ['300.0.0.0/8'], ['fd00::/129'], ['10.0.0.0/08'], [], 'anywhere'],
  ],
  [
    'network.egress',
    [
      egress({ ports: [0] }),
      egress({ ports: [65_536] }),
      egress({ ports: ['53/SCTP'] }),
      egress({ ports: ['99999'] }),
      egress({ ports: [1.5] }),
      egress({ ports: [] }),
      egress({ to: { namespace: 'A' } }),
      egress({ to: { namespace: 'a', labels: { '-a': 'b' } } }),
      egress({ to: {} }),
      egress({ why: ' ' }),
      egress({ to: { cidr: '10.0.0.0/8', namespace: 'a' } }),
    ],
  ],
  [
    'server.image',
    [
      'ghcr.io/immich-app/immich-server',
      'ghcr.io/Immich-App/immich-server:v3.3.1',
      'https://ghcr.io/a:1',
      'ghcr.io/a/b:v3.3.1@sha256:00',
      'a b:1',
      '',
    ],
  ],
  ['valkey.image', ['valkey', 'a_b.c/valkey:1', 'valkey:', 'valkey:-1', `valkey@md5:00`]],
  ['name', ['Home', long(45)]],
  ['namespace', ['Immich', 'a.b', 'immich_photos', long(51), '-a']],
  ['database.cnpg.name', ['immich_db', long(51)]],
  [
    'database.cnpg.parameters',
    [
      { shared_buffer: '1GB' },
      { archive_mode: 'on' },
      { ssl_cert_file: '/a' },
      { 'pg_failover_slots.primary_dsn': 'a' },
      { Work_mem: '4MB' },
    ],
  ],
  ['database.cnpg.storage.storageClass', ['Fast', 'fast_disks', 'a/b', '.a', long(254)]],
  ['flux.path', ['/dist', '../dist', 'a/../b', '']],
  ['flux.interval', ['60', '1d', '', '30m1h']],
  ['route.traefik.readTimeout', ['12', '1h30m', '-1s']],
  ['server.environment', [{ 'IMMICH LOG': 'x' }, { '1A': 'x' }]],
  ['server.annotations', [{ 'checksum/config': 'x' }, { 'a b': 'x' }]],
  ['server.labels', [{ 'app.kubernetes.io/name': 'x' }, { a: '-' }]],
  [
    'server.volumes',
    ['/etc', '/data/x', 'mnt', '/mnt/../x', '/', '/var'].map((path) => ({
      more: { empty: { size: '1Gi' }, path },
    })),
  ],
  ['flux.commonMetadata', [{ labels: { 'app.kubernetes.io/name': 'x' } }]],
  ['config.nightlyTasks.startTime', ['3:30', '24:00', '03:60']],
  ['config.ffmpeg.maxBitrate', ['2600 k', '8MB', '-1']],
  ['config.ffmpeg.crf', [52, -1, 1.5, '23']],
  ['config.server.externalDomain', ['photos.example.com', 'ftp://a']],
  [
    'accept',
    [[{ change: 'namespace', because: 'it is empty' }], [{ change: 'home:namespace:x', because: '' }]],
  ],
  ['server.replicas', [0, 21, '2', 1.5]],
  ['route.certificate', [{ clusterIssuer: 'a', secret: 'b' }, {}]],
  [
    'database.cnpg.backup.s3.credentials',
    [
      { secret: 'a', accessKeyId: '..a' },
      { secret: 'a', accessKeyId: 'a/b' },
    ],
  ],
];

/** What JSON Schema has no words for, so that only synth refuses it. */
const untold: readonly (readonly [path: string, value: unknown, why: string])[] = [
  [size, '0.5Mi', 'it cannot calculate'],
  [size, '9Ei', 'it cannot calculate'],
  [cpu, '0.0001', 'it cannot calculate with texts'],
  [schedule, '* 0 3 * * *', 'it does not know how often a schedule fires'],
  [schedule, '0 0 3 31 2 *', 'it knows no calendar'],
  [drill, '30 4 5-1 * *', 'it cannot compare two parts of a text'],
  ['timezone', 'Europe/Zurch', 'it does not know the cities of the database of time zones'],
  [addresses, ['10.0.0.1/8'], 'it cannot calculate with bits'],
  [addresses, ['fd00:::/8'], 'the grammar of IPv6 would be longer than the rest'],
  [endpoint, 'https://[:::1]', 'the grammar of IPv6 would be longer than the rest'],
  ['namespace', 'kube-system', 'it hangs on sharedNamespace'],
  ['server.image', 'ghcr.io/immich-app/immich-server:v3.2.0', 'it hangs on version'],
  [
    'database.cnpg.parameters',
    { io_method: 'worker' },
    'the settings are those of the major version in the image',
  ],
  ['server.environment', { IMMICH_LOG_LEVL: 'debug' }, 'the names are those of the version'],
];

const rows = (table: typeof taken) =>
  table.flatMap(([path, values]) => values.map((value) => [path, value] as const));

test.each(rows(taken))('%s: %j is taken by synth and by the editor', (path, value) => {
  const installation = homeWith(path, value);
  expect(errorsIn(stringify(installation))).toEqual([]);
  editorTakes(installation);
  expect(editorTakes.errors ?? []).toEqual([]);
});

test.each(rows(refused))('%s: %j is refused by synth and by the editor', (path, value) => {
  const installation = homeWith(path, value);
  expect({ synth: synthTakes(installation), editor: editorTakes(installation) }).toEqual({
    synth: false,
    editor: false,
  });
});

test.each(untold)('%s: %j is refused by synth alone, since of JSON Schema %s', (path, value) => {
  const installation = homeWith(path, value);
  expect({ synth: synthTakes(installation), editor: editorTakes(installation) }).toEqual({
    synth: false,
    editor: true,
  });
});

test.each(mistakes.map(({ what, base, from, right }) => [what, edited(shippedTexts[base], [from, right])]))(
  'the editor takes what stands in the place of %s',
  (_, text) => {
    editorTakes(parse(text));
    expect(editorTakes.errors ?? []).toEqual([]);
  },
);

test('every pattern means the same to editors that compile it with Unicode and to those that do not', () => {
  const patterns = new Set<string>();
  const visit = (schema: unknown): void => {
    if (Array.isArray(schema)) for (const one of schema) visit(one);
    if (!isMapping(schema)) return;
    if (typeof schema['pattern'] === 'string') patterns.add(schema['pattern']);
    for (const one of Object.values(schema)) visit(one);
  };
  visit(schema);
  expect(patterns.size).toBeGreaterThan(20);
  for (const pattern of patterns) {
    expect(() => [new RegExp(pattern), new RegExp(pattern, 'u')]).not.toThrow();
    expect(pattern).not.toMatch(/\(\?<|\\p\{/);
  }
});
