import { pods } from '../../../lib/doctor/checks/pods.ts';
import type { Value } from '../../../lib/manifests/manifest.ts';
import { home } from '../../installation/example.ts';
import { pod } from '../healthy.ts';
import { found, subjectOf } from '../living.ts';

const list = '/api/v1/namespaces/immich/pods';
const deployments = '/apis/apps/v1/namespaces/immich/deployments';
const asleep = `stopped: true\n${home}`;
const server = pod('immich-server-a', {
  ...{ 'app.kubernetes.io/part-of': 'immich', 'app.kubernetes.io/name': 'immich-server' },
});
const instance = pod('immich-db-1', { 'cnpg.io/cluster': 'immich-db' });

async function said(text: string, ...items: Value[]) {
  return found(pods, { paths: { [list]: { items } } }, subjectOf(text));
}

test('Immich sleeps where the file says so, and its database does not', async () => {
  expect(await said(asleep, instance)).toEqual([
    'well: Immich sleeps, as stopped: true in installations/home.yaml says.',
    'well: immich-db-1 runs example.com/immich-db-1:1.',
  ]);
  expect((await said(asleep, instance, server))[0]).toBe(
    'warning: immich-server-a: still there, and installations/home.yaml says stopped: true. Flux ends them when it has applied that.',
  );
  expect(await said(home, server)).toEqual(['well: immich-server-a runs example.com/immich-server-a:1.']);
});

test('a Deployment that gets no pod at all', async () => {
  const failure = { ...isTrueRecord('ReplicaFailure'), message: 'exceeded quota: compute' };
  const items = ['immich-server', 'of-others'].map((name) => ({
    metadata: { name },
    status: { conditions: [failure] },
  }));
  expect(await found(pods, { paths: { [list]: { items: [] }, [deployments]: { items } } })).toEqual([
    'error: Deployment immich-server gets no pod: exceeded quota: compute',
    '  kubectl describe replicasets.apps --namespace immich --selector app.kubernetes.io/name=immich-server',
  ]);
});

function isTrueRecord(type: string) {
  return { type, status: 'True' };
}
