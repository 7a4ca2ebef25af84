import { drill, fileDrill } from '../../../lib/doctor/checks/drill.ts';
import type { Value } from '../../../lib/manifests/manifest.ts';
import { edited, home, homeWithoutBackup } from '../../installation/example.ts';
import { found, type Living, subjectOf } from '../living.ts';

const both = subjectOf(
  edited(
    home,
    [homeWithoutBackup, 'backup: { volsync: {} }'],
    ['    backup:\n', '    backup:\n      drill: { files: {} }\n'],
  ),
);
const cronJobs = '/apis/batch/v1/namespaces/immich-drill/cronjobs';

function jobOf(cronJob: string, name: string, condition: string): Value {
  return {
    metadata: { name },
    spec: { template: { metadata: { labels: { 'app.kubernetes.io/name': cronJob } } } },
    status: { startTime: '2026-11-22T06:30:00Z', conditions: [{ type: condition, status: 'True' }] },
  };
}

function podOf(job: string, container: string, exitCode: number, message: string): Value {
  return {
    metadata: { name: `${job}-a`, labels: { 'batch.kubernetes.io/job-name': job } },
    status: {
      containerStatuses: [{ name: container, state: { terminated: { exitCode, message: `${message}\n` } } }],
    },
  };
}

/** A cluster in which the restore drill is well, and the drill of files has ended in some way. */
function ended(condition: string, code: number, message: string, lastSuccessfulTime?: string): Living {
  const created = { metadata: { creationTimestamp: '2026-11-21T00:00:00Z' } };
  return {
    paths: {
      [`${cronJobs}/immich-drill`]: { ...created, status: { lastSuccessfulTime: '2026-11-22T05:00:00Z' } },
      [`${cronJobs}/immich-file-drill`]: {
        ...created,
        status: lastSuccessfulTime === undefined ? {} : { lastSuccessfulTime },
      },
      '/apis/batch/v1/namespaces/immich-drill/jobs': {
        items: [
          jobOf('immich-drill', 'database-1', 'Complete'),
          jobOf('immich-file-drill', 'files-1', condition),
        ],
      },
      '/api/v1/namespaces/immich-drill/pods': {
        items: [
          podOf('database-1', 'report', 0, 'The backup is good.'),
          podOf('files-1', 'compare', code, message),
        ],
      },
    },
  };
}

test('each drill says what it said', async () => {
  const cluster = ended('Complete', 0, 'The files are good.', '2026-11-22T06:40:00Z');
  expect(await found(drill, cluster, both)).toEqual([
    'well: A drill succeeded 4 days ago, at 2026-11-22T05:00:00Z. It said: The backup is good.',
  ]);
  expect(await found(fileDrill, cluster, both)).toEqual([
    'well: A drill of files succeeded 4 days ago, at 2026-11-22T06:40:00Z. It said: The files are good.',
  ]);
});

test('a drill of files that has failed is told, and nothing of it with the restore drill', async () => {
  const cluster = ended('Failed', 35, '1 of 30 files have other bytes.');
  expect((await found(drill, cluster, both)).join('\n')).not.toContain('other bytes');
  expect((await found(fileDrill, cluster, both))[0]).toBe(
    'error: The last drill of files, files-1, has failed: code 35, 1 of 30 files have other bytes.',
  );
});

test('one that has not run yet can be started by hand', async () => {
  const cluster = ended('Running', 0, '');
  expect(await found(fileDrill, cluster, both)).toEqual([
    'warning: No drill of files has run yet; one is due every Sunday at 06:30 UTC.',
    '  kubectl create job file-drill-by-hand --namespace immich-drill --from=cronjob/immich-file-drill',
  ]);
});

test('without one nothing is looked at', async () => {
  expect(await found(fileDrill, {})).toEqual([]);
});
