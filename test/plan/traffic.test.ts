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

const add = (section: string): Edit => ['host:', `${section}\nhost:`];

test('of home: the proxy in, its own services, models, backups, and nothing else', () => {
  expect(talk(home, 'home')).toEqual([
    'Traefik -> acme-http01-solver 8089',
    'Traefik -> immich-server 2283',
    'immich-db -> DNS 53,53',
    'immich-db -> immich-db 5432,8000',
    'immich-db -> the Kubernetes API 443,6443',
    'immich-db -> the object store 443',
    'immich-machine-learning -> DNS 53,53',
    'immich-machine-learning -> the internet 443',
    'immich-server -> DNS 53,53',
    'immich-server -> immich-db 5432',
    'immich-server -> immich-machine-learning 3003',
    'immich-server -> immich-valkey 6379',
    'the CloudNativePG operator -> immich-db 5432,8000',
  ]);
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
    'immich-db-tachtit-cnpg-v0 -> DNS 53,53',
    'immich-db-tachtit-cnpg-v0 -> immich-db-tachtit-cnpg-v0 5432,8000',
    'immich-db-tachtit-cnpg-v0 -> the Kubernetes API 443,6443',
    'immich-db-tachtit-cnpg-v0 -> the object store 443',
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
    'immich-microservices -> DNS 53,53',
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
