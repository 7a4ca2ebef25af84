import { Construct } from 'constructs';
import type { CnpgSection } from '../../imports/sections.ts';
import { fileDrillCronJob } from '../drill/file-drill-cron-job.ts';
import type { FileDrillPlan } from '../drill/file-drill-plan.ts';
import { fileDrillFile, fileDrillScript } from '../drill/file-drill-script.ts';
import { type Cnpg, cnpg } from '../installation/cnpg.ts';
import { Properties } from '../installation/properties.ts';
import { label } from '../installation/texts.ts';
import type { ResticStore } from '../installation/volume-backups.ts';
import { KubeConfigMap, KubeServiceAccount } from '../kubernetes/api.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { OwnPods } from '../kubernetes/network.ts';
import { podsOf } from '../kubernetes/own-pods.ts';
import { drillName, fileDrillName } from '../names.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';

/** What a drill of files is made of. */
export interface FileDrillProps {
  /** Namespace of the restore drill. */
  readonly namespace: string;
  /** The section `database.cnpg` that the restore drill is made of, with `backup.drill.files`. */
  readonly cnpg: CnpgSection | Checked<Cnpg>;
  /**
   * What the restic repository of the library lies in.
   * @default the same as the backups of the database
   */
  readonly store?: ResticStore;
  /**
   * Name of the restore drill, which leaves the list of files to compare.
   * @default immich-drill
   */
  readonly drill?: string;
  /**
   * Name of the CronJob and of everything else that belongs to the drill of files.
   * @default immich-file-drill
   */
  readonly name?: string;
}

/**
 * A CronJob that reads some photos out of the restic repository of the library, the newest, the oldest and some at random,
 * and compares them with the checksums that a restore drill found in the restored database. It stands beside a
 * `RestoreDrill` of the same section, and has no credential that could change a backup.
 *
 * @example
 * const drilled = { ...cnpg, backup: { ...backup, drill: { files: {} } } };
 * new FileDrill(chart, 'file-drill', { namespace: 'photos-drill', cnpg: drilled });
 */
export class FileDrill extends Construct {
  /** Name of the CronJob. */
  readonly name: string;
  /** The pods of the CronJob, for `NetworkPolicies` and for policies of others. */
  readonly pods: OwnPods;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: FileDrillProps) {
    super(scope, id);
    const properties = new Properties(`FileDrill ${quote(id)}`);
    const settings = properties.read(cnpg, props.cnpg, 'cnpg');
    const { backup } = settings;
    const files = backup === 'none' || backup.drill === 'none' ? undefined : backup.drill.files;
    if (backup === 'none' || files === undefined) {
      throw new Error(
        `FileDrill ${quote(id)}: cnpg.backup: There is no drill of files. Write drill: { files: {} }, or leave FileDrill out.`,
      );
    }
    const plan: FileDrillPlan = {
      name: properties.read(label, props.name ?? fileDrillName, 'name'),
      namespace: properties.read(label, props.namespace, 'namespace'),
      drill: properties.read(label, props.drill ?? drillName, 'drill'),
      files,
      cnpg: settings,
      store: props.store ?? backup.store.kind,
    };
    this.warnings = properties.warnings;
    const { name, namespace } = plan;
    this.name = name;
    this.pods = podsOf(name);
    const metadata = { name, namespace, labels: ownLabels };
    new KubeServiceAccount(this, 'account', { metadata, automountServiceAccountToken: false });
    new KubeConfigMap(this, 'files', {
      metadata,
      data: {
        [fileDrillFile]: fileDrillScript({
          secret: files.secret,
          newestDays: files.newest.days,
          listSeconds: 300,
          fileSeconds: 900,
        }),
      },
    });
    fileDrillCronJob(this, plan);
  }
}
