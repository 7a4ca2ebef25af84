import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import * as texts from '../../lib/installation/texts.ts';
import type { JsonSchema } from '../../lib/schema/json-schema.ts';
import { Place, type Problem } from '../../lib/schema/place.ts';
import type { Schema } from '../../lib/schema/schema.ts';

const ajv = new Ajv2020({ strict: false });
const checks = new Map<JsonSchema, (value: unknown) => boolean>();

/** Whether the editor has nothing to say of a value. */
function editorTakes(schema: Schema<unknown>, value: unknown): boolean {
  const check = checks.get(schema.json) ?? ajv.compile(schema.json);
  checks.set(schema.json, check);
  return check(value);
}

function synthTakes(schema: Schema<unknown>, value: unknown): boolean {
  const problems: Problem[] = [];
  schema.read(value, new Place([], problems));
  return problems.length === 0;
}

const { storageSize, memory, cpu, immichVersion, operatorVersion, cron, backupSchedule, host, timeZone } =
  texts;

test.each<[string, Schema<unknown>, unknown]>([
  ['a size with a B', storageSize, '500GB'],
  ['a size without unit', storageSize, '500'],
  ['a size as a number', storageSize, 500],
  ['memory in words', memory, '4 Gi'],
  ['memory as CPU', cpu, '4Gi'],
  ['a version that moves', immichVersion, 'latest'],
  ['a version without v', immichVersion, '3.3.1'],
  ['a major version', operatorVersion, '1'],
  ['a version as a number', operatorVersion, 1.3],
  ['four fields', cron, '0 2 * *'],
  ['six fields where five are read', cron, '0 0 2 * * *'],
  ['five fields where six are read', backupSchedule, '0 3 * * *'],
  ['a time zone in letters', timeZone, 'europe/zurich'],
  ['an address for a host', host, 'https://photos.example.com'],
  ['a host in capitals', host, 'Photos.example.com'],
  ['a host without domain', host, 'photos'],
  ['a path', texts.nfsPath, 'export'],
  ['a host for an endpoint', texts.endpoint, 's3.example.com'],
])('the editor refuses %s, as synth does', (_, schema, value) => {
  expect({ editor: editorTakes(schema, value), synth: synthTakes(schema, value) }).toEqual({
    editor: false,
    synth: false,
  });
});

const all: readonly [string, Schema<unknown>][] = Object.entries(texts);

const odd = fc.oneof(
  fc.constantFrom(
    ...['500Gi', '+20Gi', '.5Gi', '1.Gi', '1e9', '1E9', '2', '0.5', '500m', '512Mi', '1Ti', '1G'],
    ...['v3.3.1', 'v2.0.0', '1.30', '1.30.2', '0 2 * * *', ' 0 2 * * * ', '0\t2 * * *', '0 0 3 * * *'],
    ...['@daily', '@every 6h', '@weekly', 'Etc/UTC', 'UTC', 'Europe/Zurich', 'America/Port-au-Prince', 'GMT'],
    ...['photos.example.com', 'a.b', 'xn--bcher-kva.example', 'immich', 'a-b.c', '10.0.0.0/8', 'fc00::/7'],
    ...['https://s3.example.com', 'http://minio:9000', 'https://[::1]:9000', '/export', '/', '14d', '2w'],
    ...['2026-11-20T03:00:00Z', '2026-11-20 03:00:00+01:00', 'ACCESS_KEY_ID', 'nas.example.net', '10.1.2.3'],
  ),
  fc.stringMatching(/^[+.]?[0-9]{1,4}(\.[0-9]{0,2})?([KMGTPE]i?|[numk]|e[0-9])?$/),
  fc.stringMatching(/^[0-9*/]{1,3}( [0-9*/,-]{1,4}){3,6}$/),
  fc.stringMatching(/^[a-z0-9.-]{1,12}$/),
  fc.string(),
  fc.integer(),
);

test.each(all)('what synth takes as %s, the editor takes too', (_, schema) => {
  fc.assert(
    fc.property(odd, (value) => {
      expect(!synthTakes(schema, value) || editorTakes(schema, value)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
