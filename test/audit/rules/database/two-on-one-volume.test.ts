import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const postgres = (
  spec: string,
  volume = 'hostPath: { path: /srv }',
  kind = 'Deployment',
) => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: postgres, namespace: immich }
spec:
  ${spec}
  template:
    metadata: { labels: { app: postgres } }
    spec:
      containers:
        - name: postgres
          image: postgres:16
          env: [{ name: PGDATA, value: /srv/files/16 }]
          volumeMounts: [{ name: data, mountPath: /srv/files }, { name: other, mountPath: /docker-entrypoint-initdb.d }]
      volumes: [{ name: data, ${volume} }, { name: other, configMap: { name: other } }]`;

const user = server('env: [{ name: DB_HOSTNAME, value: postgres }]');

test.each([
  ['a rolling update', 'replicas: 1', ['warning spec.strategy.type']],
  ['an update that ends the old one first', 'strategy: { type: Recreate }', []],
  ['one that starts nothing before', 'strategy: { rollingUpdate: { maxSurge: 0 } }', []],
  ['two at once', 'replicas: 2', ['warning spec.replicas']],
])('PostgreSQL with %s', (_, spec, expected) => {
  expect(said('two-on-one-volume', documents(postgres(spec), user))).toEqual(expected);
});

test.each([
  ['files that go with the pod', postgres('replicas: 1', 'emptyDir: {}')],
  ['a StatefulSet', postgres('replicas: 1', undefined, 'StatefulSet')],
])('%s: silence', (_, manifest) => {
  expect(said('two-on-one-volume', documents(manifest, user))).toEqual([]);
});

test('the PostgreSQL of somebody else is not judged', () => {
  expect(said('two-on-one-volume', postgres('replicas: 1'))).toEqual([]);
});
