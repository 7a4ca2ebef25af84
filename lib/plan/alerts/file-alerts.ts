import type { VolumeBackupPlan } from '../../installation/volume-backups.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { type Alert, day, hour } from './alert.ts';

/** Alerts for the backups of files: of VolSync or Longhorn, whoever runs the database. */
export function fileAlerts(namespace: string, plans: readonly VolumeBackupPlan[]): Alert[] {
  return plans.flatMap((plan) =>
    plan.backup.kind === 'volsync' ? volsyncAlerts(namespace, plan) : longhornAlerts(namespace, plan),
  );
}

/** https://volsync.readthedocs.io/en/stable/usage/metrics/ */
function volsyncAlerts(namespace: string, { claim, schedule }: VolumeBackupPlan): Alert[] {
  const outOfSync = `volsync_volume_out_of_sync{obj_namespace="${namespace}",obj_name="${claim}",role="source"}`;
  const failed = `kube_job_status_failed{namespace="${namespace}",job_name="volsync-src-${claim}"}`;
  return [
    {
      name: `ImmichFilesOutOfSync`,
      // 1 until the first backup is whole, which takes a day for a large library, and once a due one was missed.
      expression: `max(${outOfSync}) == 1`,
      patience: '1d',
      severity: 'critical',
      summary: `VolSync has missed backups of the claim ${claim}, or has not ended the first in a day; one is due ${schedule.words}.`,
      action: `Look at the ReplicationSource \`${claim}\` and the log of its mover: "Is the backup good?" has the commands.`,
    },
    {
      name: 'ImmichFilesMoverFailing',
      // VolSync removes a Job that has failed too often and makes it anew, so that the count falls back to 0.
      expression: `max(max_over_time(${failed}[30m])) > 0`,
      patience: '2h',
      severity: 'critical',
      summary: `What copies the files of the claim ${claim} for VolSync fails again and again.`,
      action: `Read the log of the pod of the Job \`volsync-src-${claim}\`. "unable to create lock" means that an earlier mover was killed: "Is the backup good?" says how to unlock the repository. "permission denied" means that the mover's user cannot read the files.`,
    },
    absenceAlert('VolSync', outOfSync, claim, "VolSync's own metrics"),
  ];
}

/** https://longhorn.io/docs/1.12.1/monitoring/metrics/ */
function longhornAlerts(namespace: string, { claim, schedule }: VolumeBackupPlan): Alert[] {
  const volume = `{pvc_namespace="${namespace}",pvc="${claim}"}`;
  const last = `longhorn_volume_last_backup_at${volume}`;
  const longest = longestGap(schedule) + 12 * hour;
  const age = `time() - max(kube_persistentvolumeclaim_created{namespace="${namespace}",persistentvolumeclaim="${claim}"})`;
  return [
    {
      name: 'ImmichFilesBackupMissing',
      // 0 while there is no backup. The first one takes long.
      expression: `time() - max(${last}) > ${longest} unless on () (${age} <= ${longest + day})`,
      patience: '30m',
      severity: 'critical',
      summary: `Longhorn has made no whole backup of the claim ${claim} for ${longest / hour} hours; one is due ${schedule.words}.`,
      action:
        "Look at Longhorn's interface: whether its backup target is available, and whether the recurring job ran for this volume. A detached volume is backed up only where Longhorn's setting for recurring jobs of detached volumes allows it.",
    },
    {
      name: 'ImmichFilesBackupFailed',
      expression: `max by (volume, backup) (longhorn_backup_state == 4) and on (volume) longhorn_volume_capacity_bytes${volume}`,
      patience: '15m',
      severity: 'critical',
      summary: `A backup that Longhorn made of the claim ${claim} ended with an error.`,
      action:
        'Longhorn says why at the Backup object of that name: `kubectl get backups.longhorn.io --namespace longhorn-system`.',
    },
    absenceAlert('Longhorn', last, claim, 'the metrics of Longhorn v1.11 or newer'),
  ];
}

/** An alert that can never fire for want of metrics is worse than none: somebody relies on it. */
function absenceAlert(program: string, metric: string, claim: string, what: string): Alert {
  return {
    name: 'ImmichFilesBackupUnseen',
    expression: `absent(${metric})`,
    patience: '1d',
    severity: 'warning',
    summary: `Prometheus knows nothing of the backups of the claim ${claim}: nobody would be told when they stop.`,
    action: `Let Prometheus read ${what}, by a ServiceMonitor that comes with ${program}'s installation.`,
  };
}
