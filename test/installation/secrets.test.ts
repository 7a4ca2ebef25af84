import { parse, stringify } from 'yaml';
import { installationKeys } from '../../lib/installation/installation-file.ts';
import { parseInstallation, problemExcerpt, problemText } from '../../lib/installation/parse.ts';
import type { JsonSchema } from '../../lib/schema/json-schema.ts';
import { findingText, synthesize } from '../../lib/synthesis/synthesis.ts';
import type { Path } from '../../lib/text/path.ts';
import { type MadeUpSecret, madeUpSecrets } from '../text/made-up-secrets.ts';
import { edited, home, k3s, tachtit } from './example.ts';

/** A kind of place in an installation file. */
interface PlaceOfText {
  readonly place: string;
  readonly write: (value: string) => string;
  /** Why a text that looks like a word or a digest is shown there, and goes to dist. */
  readonly takes?: string;
}

const end = (line: string) => (value: string) => `${home}${line.replace('$', value)}\n`;
const instead = (base: string, from: string, to: string) => (value: string) =>
  edited(base, [from, to.replace('$', value)]);
const s3 = ', credentials: immich-backup }';

const places: readonly PlaceOfText[] = [
  { place: 'name', write: instead(home, 'name: home', 'name: $'), takes: 'any name' },
  { place: 'version', write: instead(home, 'version: v3.3.1', 'version: $') },
  { place: 'host', write: instead(home, 'host: photos.example.com', 'host: $') },
  { place: 'namespace', write: end('namespace: $'), takes: 'any name' },
  { place: 'timezone', write: end('timezone: $') },
  { place: 'clusters.app', write: end('clusters: { app: $ }'), takes: 'any name' },
  { place: 'an unknown key', write: end('$: yes') },
  { place: 'a value of an unknown key', write: end('passwrd: $') },
  {
    place: 'volumes.library.storageClass',
    write: instead(home, 'longhorn, size: 500Gi', '$, size: 500Gi'),
    takes: 'any name',
  },
  { place: 'volumes.library.size', write: instead(home, '500Gi', '$') },
  {
    place: 'volumes.library.nfs.server',
    write: instead(
      tachtit,
      'nas.example.net, path: /export/immich/library',
      '$, path: /export/immich/library',
    ),
    takes: 'any host',
  },
  { place: 'volumes.library.nfs.path', write: instead(tachtit, '/export/immich/library', '$') },
  {
    place: 'database.external.host',
    write: instead(k3s, 'postgres-cluster-rw.database.svc.cluster.local', '$'),
    takes: 'any host',
  },
  {
    place: 'database.external.username',
    write: instead(k3s, 'username: immich', 'username: $'),
    takes: 'any text',
  },
  { place: 'database.external.password', write: instead(k3s, '{ secret: immich-db, key: password }', '$') },
  {
    place: 'database.external.password.secret',
    write: instead(k3s, '{ secret: immich-db, key: password }', '{ secret: $, key: password }'),
    takes: 'any name',
  },
  {
    place: 'database.external.password.key',
    write: instead(k3s, '{ secret: immich-db, key: password }', '{ secret: immich-db, key: $ }'),
  },
  { place: 's3.bucket', write: instead(home, 'bucket: immich-backups', 'bucket: $'), takes: 'any name' },
  {
    place: 's3.folder',
    write: instead(home, s3, ', credentials: immich-backup, folder: $ }'),
    takes: 'any folder',
  },
  { place: 's3.endpoint', write: instead(home, 'https://s3.example.com', '$') },
  {
    place: 's3.credentials',
    write: instead(home, 'credentials: immich-backup', 'credentials: $'),
    takes: 'any name',
  },
  {
    place: 's3.credentials.accessKeyId',
    write: instead(home, s3, ', credentials: { secret: a, accessKeyId: $ } }'),
  },
  {
    place: 's3.credentials.secretAccessKey',
    write: instead(home, s3, ', credentials: { secret: a, secretAccessKey: $ } }'),
  },
  {
    place: 'azure.destinationPath',
    write: instead(tachtit, 'https://seyzahldata.blob.core.windows.net/immich', '$'),
  },
  {
    place: 'azure.connectionString',
    write: instead(tachtit, '{ secret: azure-creds, key: connection-string-2 }', '$'),
  },
  { place: 'backup.schedule', write: instead(tachtit, '"0 0 3 * * *"', '$') },
  {
    place: 'database.cnpg.image',
    write: instead(tachtit, 'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3', '$'),
  },
  {
    place: 'database.cnpg.parameters',
    write: instead(home, 'cnpg:\n', 'cnpg:\n    parameters: { work_mem: $ }\n'),
    takes: 'any text',
  },
  { place: 'valkey.password', write: end('valkey: { password: $ }') },
  { place: 'valkey.image', write: end('valkey: { image: $ }'), takes: 'an image by its last name' },
  { place: 'a variable', write: end('server: { environment: { MY_SETTING: $ } }'), takes: 'any text' },
  { place: 'a variable with a telling name', write: end('server: { environment: { MY_PASSWORD: $ } }') },
  { place: "a variable's name", write: end('server: { environment: { $: x } }'), takes: 'any name' },
  { place: 'server.trustedProxies', write: end('server: { trustedProxies: [$] }') },
  { place: 'config.oauth.clientSecret', write: end('config: { oauth: { clientSecret: $ } }') },
  { place: 'config.oauth.clientId', write: end('config: { oauth: { clientId: $ } }'), takes: 'any text' },
  {
    place: 'config.server.loginPageMessage',
    write: end('config: { server: { loginPageMessage: $ } }'),
    takes: 'any text',
  },
  { place: 'monitoring.labels', write: end('monitoring: { labels: { release: $ } }'), takes: 'any word' },
  { place: 'flux.path', write: end('flux: { path: $ }'), takes: 'any folder' },
  { place: 'flux.source.name', write: end('flux: { source: { name: $ } }'), takes: 'any name' },
  {
    place: 'a value of a patch',
    write: end(
      'patches: [{ target: { kind: Service, name: immich-server }, patch: [{ op: add, path: /spec/x, value: $ }] }]',
    ),
    takes: 'any text',
  },
  {
    place: 'a variable with a telling name in a patch',
    write: end(
      'patches: [{ target: { kind: Deployment, name: immich-server }, patch: [{ op: add, path: /spec/template/spec/containers/0/env/-, value: { name: MY_PASSWORD, value: $ } }] }]',
    ),
  },
  {
    place: 'the path of a patch',
    write: end(
      'patches: [{ target: { kind: Service, name: immich-server }, patch: [{ op: remove, path: $ }] }]',
    ),
  },
  {
    place: 'a part that is merged',
    write: end(
      'patches: [{ target: { kind: Service, name: immich-server }, patch: { metadata: { annotations: { a: $ } } } }]',
    ),
    takes: 'any text',
  },
  {
    place: 'a key of a part that is merged',
    write: end('patches: [{ target: { kind: Service, name: immich-server }, patch: { $: x } }]'),
    takes: 'any key',
  },
  {
    place: 'the name of a target',
    write: end('patches: [{ target: { kind: Service, name: $ }, patch: { a: b } }]'),
  },
  { place: 'exists', write: end('exists: [$]') },
  { place: 'exists, behind a kind', write: end('exists: [Secret/$]'), takes: 'any name' },
  {
    place: 'database.cnpg.vectorchord.image',
    write: instead(home, 'cnpg:\n', 'cnpg:\n    vectorchord: { image: $ }\n'),
  },
  { place: 'secrets.sops.folder', write: end('secrets: { sops: { folder: $ } }'), takes: 'any folder' },
  { place: 'secrets.sops.age', write: end('secrets: { sops: { folder: ./secrets, age: $ } }') },
  {
    place: 'secrets.sops.secret',
    write: end('secrets: { sops: { folder: ./secrets, secret: $ } }'),
    takes: 'any name',
  },
  { place: 'flux.interval', write: end('flux: { interval: $ }') },
];

describe.each(places)('at $place', ({ write, takes }) => {
  test.each(madeUpSecrets.map((secret) => [secret.what, secret] as const))('%s', (_what, secret) => {
    const { refused, toldIn, shownIn } = cell(write, secret);
    if (secret.looksLike === undefined) {
      expect({ refused, toldIn, shownIn }).toEqual({ refused: true, toldIn: [], shownIn: [] });
    } else if (takes === undefined) {
      expect({ refused, shownIn }).toEqual({ refused: true, shownIn: [] });
    }
  });
});

/** What comes of an installation file with a secret at one place. */
function cell(write: PlaceOfText['write'], { text, hidden }: MadeUpSecret) {
  const { problems, findings, files } = synthesize(
    new Map([['installations/tried.yaml', write(JSON.stringify(text))]]),
  );
  const told = [
    ...problems.flatMap((problem) => [problemText(problem), ...problemExcerpt(problem)]),
    ...findings.map(findingText),
  ];
  return {
    refused: files === undefined,
    toldIn: told.filter((line) => shows(line, hidden)),
    shownIn: [...(files ?? [])].filter(([, content]) => shows(content, hidden)).map(([file]) => file),
  };
}

describe('at every place of the schema', () => {
  const shaped = madeUpSecrets.filter(({ looksLike }) => looksLike === undefined);
  const paths = [...new Set(placesIn(installationKeys.json).map((path) => JSON.stringify(path)))];

  test.each(paths.map((path, index) => [path, index] as const))('%s', (path, index) => {
    // Two shapes at each place, and in turn all of them.
    for (const turn of [0, 1]) {
      const secret = shaped[(2 * index + turn) % shaped.length];
      const data = withWritten(parse(home), JSON.parse(path), secret?.text);
      const { problems } = parseInstallation('tried.yaml', stringify(data));
      expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
      const told = problems.flatMap((problem) => [problemText(problem), ...problemExcerpt(problem)]);
      expect(told.filter((line) => shows(line, secret?.hidden ?? ''))).toEqual([]);
    }
  });

  test('there are many', () => {
    expect(paths).toContain(JSON.stringify(['server', 'service', 'annotations', 'named']));
    expect(paths).toContain(JSON.stringify(['flux', 'substitute', 'variables', 0]));
    expect(paths.length).toBeGreaterThan(400);
  });
});

/** The ways to all values that a file may have; keys that a user names are called "named". */
function placesIn({ properties = {}, items, additionalProperties, oneOf = [] }: JsonSchema): Path[] {
  const inside: [string | number, JsonSchema][] = Object.entries(properties);
  if (items !== undefined) inside.push([0, items]);
  if (typeof additionalProperties === 'object') inside.push(['named', additionalProperties]);
  const below = inside.flatMap(([step, schema]) => placesIn(schema).map((path) => [step, ...path]));
  const alternatives = oneOf.flatMap(placesIn);
  return below.length + alternatives.length === 0 ? [[]] : [...below, ...alternatives];
}

/** Data with a value at a path, of which nothing has to be there. */
function withWritten(data: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') return [withWritten(undefined, rest, value)];
  const around = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
  const [, before] = Object.entries(around).find(([key]) => key === step) ?? [];
  return { ...around, [step]: withWritten(before, rest, value) };
}

/** Whether a text has a secret in it, in whatever case and with whatever between its letters. */
function shows(text: string, hidden: string): boolean {
  return bare(text).includes(bare(hidden)) || bare(text).includes(bare(JSON.stringify(hidden)));
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

test('more than twenty shapes are tried', () => {
  expect(madeUpSecrets.filter(({ looksLike }) => looksLike === undefined).length).toBeGreaterThan(20);
});
