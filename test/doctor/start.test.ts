import { isDone, startText } from '../../lib/doctor/report/start.ts';
import { startOf } from '../../lib/doctor/start.ts';
import { plain } from '../../lib/text/style.ts';
import { healthy, isFalse } from './healthy.ts';
import { type Living, living, subjectOf } from './living.ts';
import { changedPaths, inList, without, withStatus } from './told.ts';

const layers = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations';
const cluster = '/apis/postgresql.cnpg.io/v1/namespaces/immich/clusters/immich-db';

async function start(paths: NonNullable<Living['paths']>) {
  return [await startOf(subjectOf(), living({ paths }))];
}

test('layer by layer, each after those that it waits for, with what the database is at', async () => {
  const waiting = (message: string, reason: string) =>
    withStatus({ conditions: [isFalse('Ready', message, reason)] });
  const paths = changedPaths(healthy().paths, {
    [cluster]: withStatus({ phase: 'Setting up primary' }),
    [layers]: (before) =>
      [
        without('immich-home-route'),
        inList(
          'immich-home-database',
          withStatus({
            conditions: [{ type: 'Ready', status: 'Unknown', message: 'Running health checks' }],
          }),
        ),
        inList('immich-home-app', waiting('dependency is not ready', 'DependencyNotReady')),
        inList('immich-home-storage', waiting('no such storage class', 'ReconciliationFailed')),
      ].reduce((list, change) => change(list), before),
  });
  const starts = await start(paths);
  expect(isDone(starts)).toBe(false);
  expect(startText(starts, plain)).toBe(`home in the cluster home
  ready      immich-home-namespace
  ready      immich-home-protection
  waiting    immich-home-database: Running health checks (Setting up primary)
  missing    immich-home-route: Flux does not have it yet
  failed     immich-home-storage: no such storage class
  ready      immich-home-drill
  ready      immich-home-indexes
  waiting    immich-home-app: dependency is not ready

`);
});

test('it is done when all of them are ready, and not while nothing can be seen', async () => {
  expect(isDone(await start(healthy().paths))).toBe(true);
  const hidden = await start({ ...healthy().paths, [layers]: 'forbidden' });
  expect(isDone(hidden)).toBe(false);
  expect(startText(hidden, plain)).toContain('unseen     jane may not');
});
