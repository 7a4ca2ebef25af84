import { namedHosts } from '../../../lib/doctor/checks/named-hosts.ts';
import type { Value } from '../../../lib/manifests/manifest.ts';
import { home } from '../../installation/example.ts';
import { found, subjectOf } from '../living.ts';
import { others } from '../others.ts';

const logs = '  kubectl logs deployment/immich-server --namespace others --tail=50';
const hidden = [
  'unseen: Valkey at valkey.example.com:6379: outside of the cluster. The server says whether it answers.',
  logs,
];

async function withService(service: Value | undefined, ...endpoints: Value[]) {
  const place = '/api/v1/namespaces/shared/services/postgres';
  const slices =
    '/apis/discovery.k8s.io/v1/namespaces/shared/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dpostgres';
  const paths = {
    [slices]: { items: [{ endpoints }] },
    ...(service === undefined ? {} : { [place]: service }),
  };
  return found(namedHosts, { paths }, subjectOf(others));
}

const port = (number: number) => ({ spec: { ports: [{ port: number }] } });

test('a database of others in the cluster: no Service, another port, nobody behind it, or all is well', async () => {
  expect(await withService(undefined)).toEqual([
    'error: There is no Service shared/postgres, where installations/home.yaml has the database.',
    '  kubectl get services --all-namespaces',
    '  Write another host as database.external.host into installations/home.yaml.',
    ...hidden,
  ]);
  expect((await withService(port(5433)))[0]).toBe(
    'error: Service shared/postgres has the port 5433, and installations/home.yaml has the database at 5432.',
  );
  expect(await withService(port(5432), { conditions: { ready: false } })).toEqual([
    'error: Service shared/postgres leads nowhere, so that nobody reaches the database at postgres.shared.svc.',
    '  kubectl get pods --namespace shared',
    ...hidden,
  ]);
  expect(await withService(port(5432), { conditions: {} })).toEqual([
    'well: The database at postgres.shared.svc has its Service, which leads to a pod that is ready.',
    ...hidden,
  ]);
  expect((await withService({ spec: { type: 'ExternalName' } }))[0]).toBe(
    'well: The database at postgres.shared.svc has its Service.',
  );
});

test('a name without a dot may be one of the network at home', async () => {
  const lines = await found(
    namedHosts,
    {},
    subjectOf(`${others.replace('valkey.example.com', 'nas')}network: { policies: false }\n`),
  );
  expect(lines).toContain(
    'warning: There is no Service others/nas, where installations/home.yaml has Valkey.',
  );
});

test('what is outside cannot be seen, and says who knows: a database, Valkey by its URL, machine learning', async () => {
  const text = others
    .replace('postgres.shared.svc', 'db.example.com')
    .replace('{ host: valkey.example.com }', '{ url: { secret: queue, key: url } }')
    .replace('{ gpu: nvidia }', '{ remote: ["http://192.0.2.20:3003"] }')
    .replace('  models: { storageClass: longhorn, size: 10Gi }\n', '')
    .concat(
      'network: { egress: [{ from: server, to: { cidr: 192.0.2.0/24 }, ports: [6379], why: Valkey }] }\n',
    );
  const told = await found(namedHosts, {}, subjectOf(text));
  expect(told.filter((line) => line !== logs)).toEqual([
    'unseen: Machine learning elsewhere at 192.0.2.20:3003: outside of the cluster. The server says whether it answers.',
    'unseen: The database at db.example.com:5432: outside of the cluster. The server says whether it answers.',
    'unseen: Valkey: its address stands in the Secret queue, which is not read. The server says whether it answers.',
  ]);
});

test('the store of the backups says itself whether it answers, by the backups', async () => {
  expect(await found(namedHosts, {}, subjectOf(home))).toEqual([]);
});
