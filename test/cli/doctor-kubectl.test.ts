import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubectlCluster } from '../../cli/doctor/kubectl.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-kubectl-'));
  copyFileSync(join(__dirname, 'fake-kubectl.cjs'), join(folder, 'kubectl'));
  chmodSync(join(folder, 'kubectl'), 0o755);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What the cluster says of a pod whose database answers so. */
function ask(answer: unknown) {
  const contexts = { kind: { queries: { 'immich-db-2': answer } } };
  writeFileSync(join(folder, 'answers.json'), JSON.stringify({ contexts }));
  const question = { namespace: 'immich', pod: 'immich-db-2', database: 'immich', sql: 'select 1' };
  return kubectlCluster('kind', join(folder, 'kubectl')).query(question);
}

test('a database is asked in a session that can change nothing', async () => {
  expect(await ask({ size: 5 })).toEqual({ kind: 'seen', value: { size: 5 } });
  expect(JSON.parse(readFileSync(join(folder, 'answers.json.calls'), 'utf8'))).toEqual([
    ...['--context', 'kind', '--request-timeout=20s', 'exec', 'immich-db-2', '--namespace', 'immich'],
    ...['--container', 'postgres', '--', 'psql', '--no-psqlrc', '--quiet', '--tuples-only', '--no-align'],
    '--dbname',
    "dbname=immich options='-c default_transaction_read_only=on -c statement_timeout=10s'",
    ...['--command', 'select 1'],
  ]);
});

test('without the right, without the pod and without an answer nothing is known', async () => {
  expect(await ask('forbidden')).toEqual({
    kind: 'unseen',
    why: 'Error from server (Forbidden): pods "immich-db-2" is forbidden: User "jane" cannot create pods/exec',
  });
  expect(await ask(undefined)).toEqual({ kind: 'absent' });
  // What psql says, and not that kubectl has seen it end.
  expect(await ask('broken')).toEqual({
    kind: 'unseen',
    why: 'ERROR:  canceling statement due to statement timeout',
  });
  expect(await ask('unreachable')).toEqual({
    kind: 'unseen',
    why: 'error: Internal error occurred: Post "https://192.0.2.1:10250/exec/immich/a": refused',
  });
});
