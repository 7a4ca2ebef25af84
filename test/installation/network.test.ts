import { installationOf } from '../components/built.ts';
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

test.each([
  [
    'egress: [{ from: server, to: { cidr: 10.0.0.0/8 }, ports: [], why: x }]',
    '[0].ports: The list is empty. Write [443].',
  ],
  [
    'egress: [{ from: server, to: { cidr: 10.0.0.0/8 }, ports: [http], why: x }]',
    '[0].ports[0]: "http" is not a port.',
  ],
  [
    'egress: [{ from: server, to: { labels: { app: x } }, ports: [1], why: x }]',
    '[0].to: One of cidr, namespace is missing.',
  ],
  [
    'egress: [{ from: valkey, to: { namespace: x }, ports: [1], why: x }]',
    '[0].from: "valkey" is not one of server,',
  ],
  ['egress: [{ from: server, to: { namespace: x }, ports: [1] }]', '[0]: "why" is missing.'],
  ['clients: [{ from: { cidr: 10.0.0.1 }, why: x }]', '[0].from.cidr: "10.0.0.1" has no length.'],
  ['dns: []', 'dns: The list is empty.'],
  ['apiServer: []', 'apiServer: The list is empty.'],
  ['apiServer: { ports: [0] }', 'ports[0]: 0 is not a whole number from 1 to 65535.'],
  ['flavor: calico', 'flavor: "calico" is not one of kubernetes, cilium.'],
])('%s is refused', (section, message) => {
  const errors = errorsIn(withNetwork(home, section));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(message);
});

test('an API server has its ports where only the addresses are written, and any address where only ports are', () => {
  const of = (section: string) => {
    const { addresses, ports } = installationOf(withNetwork(home, section)).network.apiServer;
    return [addresses.map(({ text }) => text), ports];
  };
  expect(of('apiServer: [192.168.1.10/32]')).toEqual([['192.168.1.10/32'], [443, 6443]]);
  expect(of('apiServer: { ports: [16443] }')).toEqual([['0.0.0.0/0', '::/0'], [16443]]);
});
