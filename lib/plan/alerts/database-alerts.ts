import type { Cnpg } from '../../installation/cnpg.ts';
import { type Alert, day, freeAfter, freeShareOf } from './alert.ts';

/** Alerts about a database that does not run, or will not for long. */
export function databaseAlerts({ name, instances }: Cnpg, namespace: string): Alert[] {
  const ready = `kube_pod_status_ready{namespace="${namespace}",pod=~"${name}-[0-9]+",condition="true"}`;
  // The claim of an instance has its name, and that of a separate write-ahead log "-wal" behind it.
  const claims = `namespace="${namespace}",persistentvolumeclaim=~"${name}-[0-9]+(-wal)?"`;
  return [
    {
      name: 'ImmichDatabaseNotReady',
      // Without a single pod there is no series of pods, but the Service still stands.
      expression: `(sum(${ready}) or 0 * max(kube_service_created{namespace="${namespace}",service="${name}-rw"})) < ${instances}`,
      patience: '30m',
      severity: 'critical',
      summary: `The database ${name} has fewer ready instances than ${instances} for 30 minutes.`,
      action:
        'Look at the pods and events of the database and at the phase of the Cluster. A restore takes its time and looks like this too. Never delete the Cluster to restart it.',
    },
    {
      name: 'ImmichDatabaseDiskFilling',
      expression: `${freeShareOf(claims)} < 0.1 or (${freeShareOf(claims)} < 0.3 and ${freeAfter(claims, day)} < 0)`,
      patience: '15m',
      severity: 'critical',
      summary: `A volume of the database ${name} is nearly full, or will be within a day. A full one stops the database.`,
      action:
        'First see whether the write-ahead log is archived: what is not archived is kept, and fills the volume. Else raise `storage.size` in the installation file. Never delete files in the volume.',
    },
  ];
}
