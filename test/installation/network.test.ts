import { edited, errorsIn, home, k3s, tachtit, warningsIn } from './example.ts';

const withNetwork = (text: string, section: string) =>
  edited(text, ['version:', `network:\n  ${section}\nversion:`]);
const store = (endpoint: string) => edited(home, ['https://s3.example.com', endpoint]);

const egress = (from: string, namespace: string) =>
  `egress: [{ from: ${from}, to: { namespace: ${namespace} }, ports: [9000], why: x }]`;

describe('a Service whose pods have another port than it', () => {
  const said = (entries: string) =>
    `13:47: database.cnpg.backup.s3.endpoint: "minio.storage.svc:80" is a Service inside of the cluster, and policies see the port of its pods, which is not 80 as a rule. Write network: { egress: [${entries}] } with the labels of its pods, and the port that they listen on.`;
  const entry = (from: string) =>
    `{ from: ${from}, to: { namespace: storage, labels: { app: minio } }, ports: [8080], why: "the object store" }`;

  test('is told, with what to write for the database and for the drill', () => {
    expect(errorsIn(store('http://minio.storage.svc'))).toEqual([
      said(`${entry('database')}, ${entry('drill')}`),
    ]);
  });

  test('is told of the drill alone, where the database has its way', () => {
    const text = withNetwork(store('http://minio.storage.svc'), egress('database', 'storage'));
    expect(errorsIn(text)).toEqual([said(entry('drill')).replace('13:47', '15:47')]);
  });

  test('is not told where network.egress names the pods, nor without policies', () => {
    const both = `egress:
    - { from: database, to: { namespace: storage }, ports: [9000], why: x }
    - { from: drill, to: { namespace: storage }, ports: [9000], why: x }`;
    expect(errorsIn(withNetwork(store('http://minio.storage.svc'), both))).toEqual([]);
    expect(errorsIn(withNetwork(store('http://minio.storage.svc'), 'policies: false'))).toEqual([]);
  });

  test('is not told of a port that pods can have themselves', () => {
    expect(errorsIn(store('http://minio.storage.svc:9000'))).toEqual([]);
  });

  test('is told of an identity provider and of a Service beside Immich', () => {
    const config = (line: string) => edited(home, ['host:', `config:\n  ${line}\nhost:`]);
    expect(
      errorsIn(config('oauth: { enabled: true, issuerUrl: "http://authentik.auth.svc/application/" }')),
    ).toEqual([
      expect.stringMatching(/^5:38: config\.oauth\.issuerUrl: "authentik\.auth\.svc:80" is a Service inside/),
    ]);
    expect(errorsIn(config('machineLearning: { urls: ["http://gpu:3003"] }'))).toEqual([
      expect.stringMatching(
        /^5:29: config\.machineLearning\.urls\[0\]: "gpu:3003" is a Service beside Immich/,
      ),
    ]);
    expect(errorsIn(config('machineLearning: { urls: ["http://immich-machine-learning:3003"] }'))).toEqual(
      [],
    );
  });
});

test.each([
  [
    k3s,
    'database',
    '"database" has no pods of ours: the database is external. Write server, or remove the entry.',
  ],
  [k3s, 'drill', '"drill" has no pods: there is no restore drill. Remove the entry.'],
  [home, 'backup', '"backup" has no pods: no volume is backed up by VolSync. Remove the entry.'],
])('a way out of pods that are not there: %#', (text, from, message) => {
  expect(errorsIn(withNetwork(text, egress(from, 'other')))).toEqual([
    `4:20: network.egress[0].from: ${message}`,
  ]);
});

test.each(['server', 'machineLearning', 'database', 'drill'])('%s may have a way out', (from) => {
  expect(errorsIn(withNetwork(tachtit, egress(from, 'other')))).toEqual([]);
});

test('what a Secret with the configuration names may be closed, which is a warning until a way is opened', () => {
  const text = edited(home, ['host:', 'configSecret: { secret: immich-config, key: immich.yaml }\nhost:']);
  const of = (warnings: string[]) => warnings.filter((warning) => warning.includes('configSecret'));
  expect(of(warningsIn(text))).toEqual([
    expect.stringContaining('What the Secret "immich-config" names, such as an identity provider'),
  ]);
  expect(of(warningsIn(edited(text, ['host:', 'server: { internet: true }\nhost:'])))).toEqual([]);
  expect(of(warningsIn(withNetwork(text, egress('server', 'auth'))))).toEqual([]);
});
