import { planOf } from '../../lib/plan/plan.ts';
import { trafficOf } from '../../lib/plan/traffic.ts';
import { installationOf } from '../components/built.ts';
import { type Edit, edited, home, k3s, tachtit } from '../installation/example.ts';

/** Who talks to whom in a cluster, as lines of text. */
function talk(text: string, cluster: string): string[] {
  return trafficOf(planOf(installationOf(text)), cluster)
    .edges.map(({ from, to, ports }) => `${from.name} -> ${to.name} ${ports.map(({ port }) => port).join()}`)
    .sort();
}

/** kube-dns, and NodeLocal DNSCache by its pods and by its address. */
const dnsOf = (pods: string) => Array.from({ length: 3 }, () => `${pods} -> DNS 53,53`);

const add = (section: string): Edit => ['host:', `${section}\nhost:`];

test('of home: the proxy in, its own services, models, backups, and nothing else', () => {
  expect(talk(home, 'home')).toEqual([
    'Traefik -> acme-http01-solver 8089',
    'Traefik -> immich-server 2283',
    ...dnsOf('immich-db'),
    'immich-db -> Traefik, for the case that the object store is behind it 8443',
    'immich-db -> immich-db 5432,8000',
    'immich-db -> the Kubernetes API 443,6443',
    'immich-db -> the object store 443',
    ...dnsOf('immich-machine-learning'),
    'immich-machine-learning -> the internet 443',
    ...dnsOf('immich-server'),
    'immich-server -> immich-db 5432',
    'immich-server -> immich-machine-learning 3003',
    'immich-server -> immich-valkey 6379',
    ...dnsOf('immich-vectorchord'),
    'immich-vectorchord -> immich-db 5432',
    'the CloudNativePG operator -> immich-db 5432,8000',
  ]);
});

test('of a Valkey that others run: none of ours, and the way to theirs', () => {
  const lines = talk(edited(home, add('valkey: { external: { host: dragonfly.databases.svc } }')), 'home');
  expect(lines.filter((line) => /valkey/i.test(line))).toEqual(['immich-server -> Valkey 6379']);
});

test('of an existing database in another namespace', () => {
  const { edges } = trafficOf(planOf(installationOf(k3s)), 'k3s');
  expect(edges.filter(({ ports }) => ports.some(({ port }) => port === 5432))).toEqual([
    expect.objectContaining({ to: expect.objectContaining({ kind: 'other', namespaces: ['database'] }) }),
  ]);
});

test('of a database on another cluster: what leaves one arrives at the other', () => {
  expect(talk(tachtit, 'tachtit')).toContain('immich-server -> the database 5432');
  expect(talk(tachtit, 'tachtit-data')).toEqual([
    'Immich in its own cluster -> immich-db-tachtit-cnpg-v0 5432',
    ...dnsOf('immich-db-tachtit-cnpg-v0'),
    'immich-db-tachtit-cnpg-v0 -> immich-db-tachtit-cnpg-v0 5432,8000',
    'immich-db-tachtit-cnpg-v0 -> the Kubernetes API 443,6443',
    'immich-db-tachtit-cnpg-v0 -> the object store 443',
    ...dnsOf('immich-vectorchord'),
    'immich-vectorchord -> immich-db-tachtit-cnpg-v0 5432',
    'the CloudNativePG operator -> immich-db-tachtit-cnpg-v0 5432,8000',
  ]);
});

test.each([
  [
    'offline machine learning asks nobody',
    'machineLearning: { offline: true }',
    'immich-machine-learning -> the internet 443',
    false,
  ],
  ['a server may be let out', 'server: { internet: true }', 'immich-server -> the internet 443', true],
  [
    'Prometheus reads the server',
    'monitoring: { enabled: true }',
    'Prometheus -> immich-server 8081,8082',
    true,
  ],
  ['Prometheus reads the database', 'monitoring: { enabled: true }', 'Prometheus -> immich-db 9187', true],
])('%s', (_what, section, edge, isThere) => {
  expect(talk(edited(home, add(section)), 'home').includes(edge)).toBe(isThere);
  expect(talk(home, 'home').includes(edge)).toBe(!isThere);
});

test('a certificate that exists needs no challenge', () => {
  const text = edited(home, ['clusterIssuer: letsencrypt-prod', 'secret: photos-tls']);
  expect(talk(text, 'home').filter((edge) => edge.includes('acme'))).toEqual([]);
});

test.each([
  ['http://minio.storage.svc:9000', 'other', 9000],
  ['https://minio.example.com:9443', 'addresses', 9443],
  ['http://minio.example.com', 'addresses', 80],
])('the store at %s', (endpoint, kind, port) => {
  const { edges } = trafficOf(
    planOf(installationOf(edited(home, ['https://s3.example.com', endpoint]))),
    'home',
  );
  expect(edges.find(({ to }) => to.name === 'the object store')).toMatchObject({
    to: { kind },
    ports: [{ port }],
  });
});

test('background jobs apart talk to the same services, and nobody to them', () => {
  const shared = edited(home, ['size: 500Gi', 'size: 500Gi, accessMode: ReadWriteMany']);
  const edges = talk(edited(shared, add('server: { microservices: { separate: true } }')), 'home');
  expect(edges.filter((edge) => edge.startsWith('immich-microservices'))).toEqual([
    ...dnsOf('immich-microservices'),
    'immich-microservices -> immich-db 5432',
    'immich-microservices -> immich-machine-learning 3003',
    'immich-microservices -> immich-valkey 6379',
  ]);
  expect(edges.filter((edge) => edge.includes('-> immich-microservices'))).toEqual([]);
});

test('the internet is not what is inside the network', () => {
  const { edges } = trafficOf(planOf(installationOf(home)), 'home');
  const internet = edges.find(({ to }) => to.name === 'the internet')?.to;
  expect(internet).toMatchObject({
    except: expect.arrayContaining([
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '169.254.0.0/16',
      'fc00::/7',
    ]),
  });
});

describe('what the configuration names is open', () => {
  const named = (config: string, ...edits: Edit[]) =>
    talk(edited(home, add(`config:\n  ${config}`), ...edits), 'home').filter(
      (edge) => edge.startsWith('immich-server') && !talk(home, 'home').includes(edge),
    );

  test.each([
    [
      'an identity provider in the LAN',
      'oauth: { enabled: true, issuerUrl: "https://auth.home.arpa:8443/realms/x" }',
      ['immich-server -> the identity provider 8443'],
    ],
    [
      'one beside Immich, which may be behind the same Traefik',
      'oauth: { enabled: true, issuerUrl: "https://auth.example.com" }',
      [
        'immich-server -> Traefik, for the case that the identity provider is behind it 8443',
        'immich-server -> the identity provider 443',
      ],
    ],
    [
      'a mail server, by its standard port',
      'notifications: { smtp: { enabled: true, transport: { host: smtp.example.org } } }',
      ['immich-server -> the mail server 587'],
    ],
    [
      'a mail server, by its port',
      'notifications: { smtp: { enabled: true, transport: { host: smtp.example.org, port: 465 } } }',
      ['immich-server -> the mail server 465'],
    ],
    [
      'machine learning elsewhere, but not our own twice',
      'machineLearning: { urls: ["http://192.168.1.20:3003", "http://immich-machine-learning:3003"] }',
      ['immich-server -> machine learning elsewhere 3003'],
    ],
    [
      'machine learning of another namespace, whose Service has the port of its pods',
      'machineLearning: { urls: ["http://gpu.ai.svc:3003"] }',
      ['immich-server -> machine learning elsewhere 3003'],
    ],
    [
      'the list of new versions',
      'newVersionCheck: { enabled: true }',
      ['immich-server -> the list of new versions 443'],
    ],
    ['what is switched off stays closed', 'oauth: { issuerUrl: "https://auth.example.org" }', []],
    ['nor is there a way to new versions when nobody asks', 'newVersionCheck: { enabled: false }', []],
    [
      'machine learning that is off',
      'machineLearning: { enabled: false, urls: ["http://gpu.lan:3003"] }',
      [],
    ],
  ])('%s', (_what, config, expected) => {
    expect(named(config)).toEqual(expected);
  });

  test('an address is opened alone, a name everywhere', () => {
    const { edges } = trafficOf(
      planOf(
        installationOf(
          edited(
            home,
            add('config:\n  machineLearning: { urls: ["http://192.168.1.20:3003", "http://gpu.lan:3004"] }'),
          ),
        ),
      ),
      'home',
    );
    expect(edges.filter(({ to }) => to.name === 'machine learning elsewhere').map(({ to }) => to)).toEqual([
      expect.objectContaining({ ranges: ['192.168.1.20/32'] }),
      expect.objectContaining({ ranges: ['0.0.0.0/0', '::/0'], hosts: ['gpu.lan'] }),
    ]);
  });
});

test('network.egress says the port of the pods, in place of that of the Service', () => {
  const text = edited(
    home,
    ['https://s3.example.com', 'http://minio.storage.svc:9000'],
    add(`network:
  egress:
    - { from: database, to: { namespace: storage, labels: { app: minio } }, ports: [9900], why: backups }
    - { from: server, to: { cidr: 192.168.1.0/24 }, ports: [443, 53/UDP], why: the house }`),
  );
  expect(talk(text, 'home').filter((edge) => /storage|object store|192/.test(edge))).toEqual([
    'immich-db -> storage app=minio 9900',
    'immich-server -> 192.168.1.0/24 443,53',
  ]);
});

test('clients reach the port of the server, and nothing else', () => {
  const text = edited(
    home,
    add(`network:
  clients:
    - { from: { namespace: kiosk }, why: the frame in the kitchen }
    - { from: { cidr: 192.168.1.7/32 }, why: Home Assistant }`),
  );
  expect(talk(text, 'home').filter((edge) => /kiosk|192/.test(edge))).toEqual([
    '192.168.1.7/32 -> immich-server 2283',
    'kiosk -> immich-server 2283',
  ]);
});

test('a Traefik on the host network comes from the addresses of nodes, to the challenge solver too', () => {
  const text = edited(home, ['route:\n', 'route:\n  traefik: { addresses: [192.168.1.0/28] }\n']);
  const { edges } = trafficOf(planOf(installationOf(text)), 'home');
  expect(
    edges
      .filter(({ from }) => from.kind === 'addresses' && from.ranges[0] === '192.168.1.0/28')
      .map(({ to }) => to.name),
  ).toEqual(['immich-server', 'acme-http01-solver']);
});

test('an API server on another port, and DNS of another kind', () => {
  const text = edited(
    home,
    add(`network:
  apiServer: { addresses: [192.168.1.10/32], ports: [16443] }
  dns: [{ namespace: openshift-dns, labels: { dns.operator.openshift.io/daemonset-dns: default }, port: 5353 }]`),
  );
  expect(talk(text, 'home')).toContain('immich-db -> the Kubernetes API 16443');
  expect(talk(text, 'home').filter((edge) => edge.includes('DNS'))).toEqual([
    'immich-db -> DNS 5353,5353',
    'immich-machine-learning -> DNS 5353,5353',
    'immich-server -> DNS 5353,5353',
    'immich-vectorchord -> DNS 5353,5353',
  ]);
});

test.each([
  ['of any address it is not', 'network: {}', false],
  ['by its addresses', 'network: { apiServer: [192.168.1.10/32] }', true],
  ['by Cilium', 'network: { flavor: cilium }', true],
])('the API server asks instances how they are, where it is known: %s', (_what, section, isThere) => {
  expect(talk(edited(home, add(section)), 'home').includes('the Kubernetes API -> immich-db 8000')).toBe(
    isThere,
  );
});
