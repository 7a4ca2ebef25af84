import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const secret = (data: string, list = 'stringData') =>
  documents(
    server(''),
    `apiVersion: v1
kind: Secret
metadata: { name: immich, namespace: immich }
${list}:
  ${data}`,
  );
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['password', 'password: hunter2'],
  ['a variable', 'DB_PASSWORD: hunter2'],
  ['an address with a password', 'url: postgres://immich:hunter2@db/immich'],
  ['a file of settings', 'app.env: "HOST=db\\nDB_PASSWORD=hunter2\\n"'],
  ['a random text', 'jwt: 9f86d081884c7d659a2feaa0c55ad015'],
])('%s gives a secret away', (_, data) => {
  expect(said('secret-value', secret(data))).toHaveLength(1);
});

test.each([
  ['a user', 'username: immich'],
  ['a switch', 'ALLOW_EMPTY_PASSWORD: "yes"'],
  ['an address', 'origins: https://photos.example.com,https://other.example.com'],
  ['a handle', 'handle: someone@example.social'],
  [
    'a certificate',
    'ca.crt: "-----BEGIN CERTIFICATE-----\\nMIIBszCCAVmgAwIBAgIUe2\\n-----END CERTIFICATE-----"',
  ],
  ['a hash of a password', 'password: "$2b$12$G4e2wFGmXCHkQowZZZKOrecbdJik.gd7L5ORyoRVOL7uMZue8SpBW"'],
  ['a hash with its user', 'users: "admin:$apr1$9f86d081$c7d659a2feaa0c55ad015a3"'],
  ['an identifier', 'zone_id: 9f86d081884c7d659a2feaa0c55ad015'],
  ['a placeholder', 'password: CHANGE_ME'],
  ['a gap to fill in', 'password: <your password>'],
  ['stars', 'password: "*****"'],
  ['a variable of Flux', 'password: "\u0024{PASSWORD}"'],
  ['what SOPS encrypted', 'password: ENC[AES256_GCM,data:a]'],
  ['nothing', 'password: ""'],
])('%s gives nothing away', (_, data) => {
  expect(said('secret-value', secret(data))).toEqual([]);
});

test('base64 is read, and what is no text says nothing', () => {
  expect(said('secret-value', secret(`password: ${base64('hunter2')}`, 'data'))).toEqual([
    'error data.password',
  ]);
  expect(said('secret-value', secret(`username: ${base64('immich')}`, 'data'))).toEqual([]);
  expect(said('secret-value', secret('keystore: /u3+7QAAAAI=', 'data'))).toEqual([]);
  expect(said('secret-value', secret('password: "not base64!"', 'data'))).toEqual([]);
});

test('a switch in a variable is no secret, a password is', () => {
  const variable = (value: string) => server(`env: [{ name: DB_PASSWORD, value: ${value} }]`);
  expect(said('secret-value', variable('hunter2'))).toHaveLength(1);
  expect(said('secret-value', variable('"yes"'))).toEqual([]);
  expect(said('secret-value', variable('CHANGEME'))).toEqual([]);
});

describe('a file that is called encrypted', () => {
  const file = (data: string, more = '', name = 'immich.sops.yaml') =>
    documents(
      server(''),
      `# app/${name}
apiVersion: v1
kind: Secret
metadata: { name: immich, namespace: immich }
stringData: { ${data} }
${more}`,
    );
  const SOPS = 'sops: { mac: "ENC[a]", version: 3.9.0 }';

  test.each<[string, string, string[]]>([
    ['and is not', file('username: immich'), ['warning stringData.username']],
    ['and is', file('username: "ENC[AES256_GCM,data:a]"', SOPS), []],
    ['and holds a gap to fill in', file('username: <your user>'), []],
    ['not at all', file('username: immich', '', 'immich.yaml'), []],
  ])('%s', (_, text, expected) => {
    expect(said('secret-value', text)).toEqual(expected);
  });

  test('a password that SOPS was not told to encrypt is one in plain text', () => {
    const text = file('DB_PASSWORD: hunter2', SOPS, 'immich.yaml');
    expect(said('secret-value', text)).toEqual(['error stringData.DB_PASSWORD']);
  });
});

describe('in the configuration file of Immich', () => {
  const file = (kind: string, list: string, text: string) =>
    documents(
      server(
        `env: [{ name: IMMICH_CONFIG_FILE, value: /config/immich.yaml }]
volumeMounts: [{ name: config, mountPath: /config }]`,
        `volumes: [{ name: config, ${kind === 'ConfigMap' ? 'configMap: { name: config }' : 'secret: { secretName: config }'} }]`,
      ),
      `apiVersion: v1
kind: ${kind}
metadata: { name: config, namespace: immich }
${list}:
  immich.yaml: '${text}'`,
    );

  test.each<[string, string, string, string, number]>([
    ['a secret of OAuth', 'ConfigMap', 'data', '{"oauth":{"clientSecret":"hunter2hunter2"}}', 1],
    ['in a Secret', 'Secret', 'stringData', '{"oauth":{"clientSecret":"hunter2hunter2"}}', 1],
    [
      'the password of a mail server',
      'ConfigMap',
      'data',
      '{"notifications":{"smtp":{"transport":{"password":"hunter2"}}}}',
      1,
    ],
    ['none', 'ConfigMap', 'data', '{"oauth":{"clientId":"immich"}}', 0],
    ['an empty one', 'ConfigMap', 'data', '{"oauth":{"clientSecret":""}}', 0],
    ['one that is filled in', 'ConfigMap', 'data', '{"oauth":{"clientSecret":"{{ .secret }}"}}', 0],
    ['an example', 'ConfigMap', 'data', '{"oauth":{"clientSecret":"change-me"}}', 0],
  ])('%s', (_, kind, list, text, count) => {
    expect(said('secret-value', file(kind, list, text))).toHaveLength(count);
  });
});

test('the password of a plain PostgreSQL of Immich, and of no other one', () => {
  const postgres = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: immich }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers: [{ name: main, image: postgres:16, env: [{ name: POSTGRES_PASSWORD, value: hunter2 }] }]`;
  const user = server('env: [{ name: DB_HOSTNAME, value: postgres }]');
  expect(said('secret-value', documents(user, postgres('postgres')))).toEqual([
    'error spec.template.spec.containers.0.env.0.value',
  ]);
  expect(said('secret-value', documents(user, postgres('wiki')))).toEqual([]);
});

test.each([
  ['a password', 'DB_PASSWORD: hunter2hunter2', 1],
  ['a name', 'DB_USERNAME: immich', 0],
  ['what Flux fills in', 'DB_PASSWORD: "\u0024{PASSWORD}"', 0],
])('%s in a config map that becomes variables', (_, data, count) => {
  const map = `apiVersion: v1
kind: ConfigMap
metadata: { name: variables, namespace: immich }
data: { ${data} }`;
  const all = documents(server('envFrom: [{ configMapRef: { name: variables } }]'), map);
  expect(said('secret-value', all)).toHaveLength(count);
  const [key = ''] = data.split(':');
  const one = server(
    `env: [{ name: ${key}, valueFrom: { configMapKeyRef: { name: variables, key: ${key} } } }]`,
  );
  expect(said('secret-value', documents(one, map))).toHaveLength(count);
});
