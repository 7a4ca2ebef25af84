import {
  ScheduledBackup,
  ScheduledBackupSpecBackupOwnerReference,
  ScheduledBackupSpecMethod,
} from '@cdk8s/imports-cnpg';
import { Construct } from 'constructs';
import type { DatabaseBackupSection } from '../../imports/sections.ts';
import { archiveFolderOf } from '../cnpg/lineage.ts';
import { barmanPlugin } from '../cnpg/names.ts';
import { type Backup, backup } from '../installation/backup.ts';
import { Properties } from '../installation/properties.ts';
import { label } from '../installation/texts.ts';
import { objectStore } from '../kubernetes/cnpg/object-store.ts';
import { comment } from '../kubernetes/comment.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';

/** What the backup of a database is made of. */
export interface DatabaseBackupProps {
  /** Namespace of the database. */
  readonly namespace: string;
  /** Name of the Cluster, the handle `name` of `PostgresDatabase`. */
  readonly database: string;
  /** The section `database.cnpg.backup` of an installation file: the same that the database was given. */
  readonly backup: Exclude<DatabaseBackupSection, 'none'> | Checked<Backup>;
  /**
   * The `lineage` of the database. The schedule is named after it, so that each life has a new one, which makes its first
   * backup at once.
   * @default none: the schedule is called like the database
   */
  readonly lineage?: string | undefined;
}

/**
 * The schedule of base backups and, with the plugin, the store that they go to. A `PostgresDatabase` with a backup
 * archives to the store that stands here.
 *
 * @example
 * new DatabaseBackup(chart, 'backup', { namespace: 'photos', database: database.name, backup });
 */
export class DatabaseBackup extends Construct {
  /** Name of the ObjectStore; undefined with the support that is built into CloudNativePG. */
  readonly objectStoreName: string | undefined;
  /** Name of the ScheduledBackup. */
  readonly scheduledBackupName: string;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: DatabaseBackupProps) {
    super(scope, id);
    const properties = new Properties(`DatabaseBackup ${quote(id)}`);
    const database = properties.read(label, props.database, 'database');
    const namespace = properties.read(label, props.namespace, 'namespace');
    const settings = properties.read(backup, props.backup, 'backup');
    this.warnings = properties.warnings;
    const lineage =
      props.lineage === undefined ? undefined : properties.read(label, props.lineage, 'lineage');
    this.scheduledBackupName = archiveFolderOf({ name: database, lineage });
    this.objectStoreName = settings.method === 'plugin' ? database : undefined;
    if (this.objectStoreName !== undefined) {
      const { labels, annotations } = dataMetadata(namespace);
      objectStore(this, {
        name: this.objectStoreName,
        namespace,
        labels: { ...ownLabels, ...labels },
        annotations,
        store: settings.store,
        sidecar: settings.sidecar,
        written: settings,
      });
    }
    scheduledBackup(this, { name: this.scheduledBackupName, namespace, database, backup: settings });
  }
}

function scheduledBackup(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly database: string;
    readonly backup: Backup;
  },
): void {
  const { name, namespace, database, backup } = props;
  const { schedule } = backup;
  const object = new ScheduledBackup(scope, 'scheduled-backup', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      schedule: schedule.text,
      immediate: backup.immediate,
      backupOwnerReference: owners[backup.ownerReference],
      cluster: { name: database },
      ...(backup.method === 'plugin'
        ? { method: ScheduledBackupSpecMethod.PLUGIN, pluginConfiguration: { name: barmanPlugin } }
        : { method: ScheduledBackupSpecMethod.BARMAN_OBJECT_STORE }),
    },
  });
  comment(
    object,
    ['spec', 'schedule'],
    `Seconds first: ${schedule.words}. Backups a day: ${round(schedule.perDay)}.`,
  );
}

const owners = {
  cluster: ScheduledBackupSpecBackupOwnerReference.CLUSTER,
  self: ScheduledBackupSpecBackupOwnerReference.SELF,
};

function round(perDay: number): string {
  return String(Number(perDay.toPrecision(2)));
}
