import type { VolumeBackupPlan } from '../../installation/volume-backups.ts';
import type { Field } from '../../manifests/field.ts';
import { longhornNamespace } from '../../names.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { ageText } from '../age.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { live, liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';

/** Whether the files are backed up, and when they last were. */
export const fileBackups: Check = {
  id: 'file-backups',
  title: 'Backups of files',
  isOfLife: true,
  look: async (subject, cluster) => {
    const { installation, volumeBackups } = subject.plan;
    if (subject.cluster !== installation.clusters.app) return [];
    const looked = volumeBackups.map((plan) =>
      plan.backup.kind === 'volsync'
        ? lookAtVolSync(plan, subject, cluster)
        : lookAtLonghorn(plan, subject, cluster),
    );
    return (await Promise.all(looked)).flat();
  },
};

async function lookAtVolSync(
  plan: VolumeBackupPlan,
  subject: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { namespace } = subject.plan.installation;
  const { claim } = plan;
  const place = { apiVersion: 'volsync.backube/v1alpha1', resource: 'replicationsources', namespace };
  return judge(await cluster.get(objectPath(place, claim)), `The backup of ${claim}`, {
    seen: (value) => {
      const object = live(value);
      const logs = `${subject.kubectl} logs job/volsync-src-${claim} --namespace ${namespace}`;
      const mover = object.at('status', 'latestMoverStatus');
      if (mover.at('result').text === 'Failed') {
        const words = mover.at('logs').text?.trim().split('\n').at(-1);
        return [
          sayError(
            `The last backup of ${claim} has failed${words === undefined ? '' : `: ${words}`}. "unable to create lock" has its own commands in RUNBOOK.md.`,
            logs,
          ),
        ];
      }
      return judgeAge(plan, object, object.at('status', 'lastSyncTime').text, logs, subject);
    },
  });
}

/** Longhorn's backups know the volume, not the claim: https://longhorn.io/docs/latest/references/ */
async function lookAtLonghorn(
  plan: VolumeBackupPlan,
  subject: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { namespace } = subject.plan.installation;
  const { claim } = plan;
  const place = { apiVersion: 'v1', resource: 'persistentvolumeclaims', namespace };
  const found = await cluster.get(objectPath(place, claim));
  if (found.kind !== 'seen') return judge(found, `The backup of ${claim}`, { seen: () => [] });
  const object = live(found.value);
  const volume = object.at('spec', 'volumeName').text;
  if (volume === undefined) return [];
  const path = listPath({
    ...{ apiVersion: 'longhorn.io/v1beta2', resource: 'backups', namespace: longhornNamespace },
    selector: `backup-volume=${volume}`,
  });
  return judge(await cluster.get(path), `The backups of ${claim}`, {
    seen: (value) => {
      const whole = liveItems(value)
        .filter((backup) => backup.at('status', 'state').text === 'Completed')
        .flatMap((backup) => backup.at('status', 'backupCreatedAt').text ?? [])
        .sort();
      const list = `${subject.kubectl} get backups.longhorn.io --namespace ${longhornNamespace} --selector backup-volume=${volume}`;
      return judgeAge(plan, object, whole.at(-1), list, subject);
    },
  });
}

function judgeAge(
  { claim, schedule }: VolumeBackupPlan,
  object: Field,
  last: string | undefined,
  mend: string,
  { now }: Subject,
): readonly Finding[] {
  const due = `one is due ${schedule.words} UTC`;
  const since = Date.parse(last ?? object.at('metadata', 'creationTimestamp').text ?? '');
  // The first one copies everything, and may take a day.
  const patience = (longestGap(schedule) + (last === undefined ? 36 : 12) * 3600) * 1000;
  const isLate = now - since > patience;
  if (last === undefined) {
    const message = `There is no whole backup of ${claim} yet; ${due}.`;
    return [isLate ? sayError(message, mend) : sayWarning(message, mend)];
  }
  const message = `The last backup of ${claim} was made ${ageText(now - since)} ago, at ${last}`;
  return [isLate ? sayError(`${message}; ${due}.`, mend) : sayWell(`${message}.`)];
}
