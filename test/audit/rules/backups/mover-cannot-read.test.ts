import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const user = (pod: string) =>
  server(
    'env: [{ name: DB_HOSTNAME, value: immich-db-rw }]',
    `${pod}\nvolumes: [{ name: library, persistentVolumeClaim: { claimName: library } }]`,
  );

const source = (mover: string, claim = 'library') => `apiVersion: volsync.backube/v1alpha1
kind: ReplicationSource
metadata: { name: ${claim}, namespace: immich }
spec: { sourcePVC: ${claim}, restic: { repository: r${mover} } }`;

const namespace = (annotation: string) => `apiVersion: v1
kind: Namespace
metadata: { name: immich, annotations: { volsync.backube/privileged-movers: "${annotation}" } }`;

const anybody = 'securityContext: { runAsUser: 1000 }';

test.each([
  ['root reads what root wrote', '', '', 0],
  ['root without rights reads the files of somebody', anybody, '', 1],
  ['somebody reads his own', anybody, ', moverSecurityContext: { runAsUser: 1000 }', 0],
  ['somebody reads those of another', anybody, ', moverSecurityContext: { runAsUser: 568 }', 1],
  ['a group gets the files', anybody, ', moverSecurityContext: { runAsUser: 568, fsGroup: 568 }', 0],
  ['a user is filled in later', anybody, ', moverSecurityContext: { runAsUser: "\u0024{USER}" }', 0],
])('%s', (_, pod, mover, count) => {
  expect(said('mover-cannot-read', documents(user(pod), source(mover)))).toHaveLength(count);
});

test('the claim of somebody else is not judged', () => {
  expect(said('mover-cannot-read', documents(user(anybody), source('', 'other')))).toEqual([]);
});

test('a namespace may allow the mover everything', () => {
  const privileged = (annotation: string) =>
    said('mover-cannot-read', documents(user(anybody), source(''), namespace(annotation)));
  expect(privileged('true')).toEqual([]);
  expect(privileged('false')).toHaveLength(1);
});

test('files of PostgreSQL can be read by nobody else', () => {
  const whole = (claim: string, mover = '') =>
    said('mover-cannot-read', documents(cluster(''), user(''), source(mover, claim), namespace('false')));
  expect(whole('immich-db-1')).toEqual(['warning spec.restic']);
  expect(whole('immich-db-1-wal')).toEqual(['warning spec.restic']);
  expect(whole('immich-db-1', ', moverSecurityContext: { runAsUser: 26 }')).toEqual([]);
  expect(whole('immich-db')).toEqual([]);
});
