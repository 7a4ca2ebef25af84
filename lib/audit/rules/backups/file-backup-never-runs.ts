import { isUnknown } from '../../../manifests/field.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const fileBackupNeverRuns: Rule = {
  id: 'file-backup-never-runs',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'VolSync does not back up a volume of Immich although it looks as if it did.',
  why: 'A ReplicationSource that is paused makes no copy until somebody remembers it, and one whose schedule cannot be read makes none at all: VolSync reads five fields, minutes first, where CloudNativePG reads six. Kubernetes takes both.',
  url: 'https://volsync.readthedocs.io/en/stable/usage/triggers.html',
  limits: 'Whether a copy that is made can be restored is not known.',
  examples: {
    good: documents(
      server(
        'volumeMounts: [{ name: library, mountPath: /data }]',
        'volumes: [{ name: library, persistentVolumeClaim: { claimName: immich-library } }]',
      ),
      `apiVersion: volsync.backube/v1alpha1
kind: ReplicationSource
metadata: { name: library, namespace: immich }
spec:
  sourcePVC: immich-library
  trigger: { schedule: "0 4 * * *" }
  restic: { repository: library-restic, copyMethod: Snapshot }`,
    ),
    broken: { '"0 4 * * *"': '"0 0 4 * * *"' },
  },
  check(inventory, report) {
    const claims = new Set(
      immich(inventory)
        .containers.filter(({ part }) => part === 'server')
        .flatMap(({ workload }) =>
          workload.volumes.map(({ claim }) => `${workload.namespace ?? ''}/${claim?.text ?? ''}`),
        ),
    );
    for (const source of inventory.all('volsync.backube', 'ReplicationSource')) {
      const claim = source.at('spec', 'sourcePVC').text;
      const namespace = source.at('metadata', 'namespace').text ?? '';
      if (claim === undefined || !claims.has(`${namespace}/${claim}`)) continue;
      const paused = source.at('spec', 'paused');
      const schedule = source.at('spec', 'trigger', 'schedule');
      const text = schedule.text?.trim() ?? '';
      if (paused.value === true) {
        report(paused, {
          message: `The backup of claim ${quote(claim)} is paused; no copy of it is made.`,
          fix: 'Take out paused, once whatever it was written for is over.',
        });
      } else if (schedule.exists && !isUnknown(text) && !text.startsWith('@') && countFields(text) !== 5) {
        report(schedule, {
          message: `${quote(text)} has ${countFields(text)} fields, and VolSync reads five, minutes first; no copy of claim ${quote(claim)} is ever made.`,
          fix: 'Write "0 4 * * *" for every day at 04:00.',
        });
      }
    }
  },
};

/** A time zone may stand in front: https://pkg.go.dev/github.com/robfig/cron/v3#hdr-Time_zones */
function countFields(schedule: string): number {
  return schedule.split(/\s+/).filter((field) => !/^(CRON_)?TZ=/.test(field)).length;
}
