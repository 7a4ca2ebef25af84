import { Construct } from 'constructs';
import type { CnpgSection } from '../../imports/sections.ts';
import { checksOf, countsOf, lifeSql, newestSql, notesSql } from '../drill/checks.ts';
import { drillCronJob, historyNameOf } from '../drill/cron-job.ts';
import { drillDatabase } from '../drill/drill-database.ts';
import { type DrillPlan, drillPlanOf } from '../drill/drill-plan.ts';
import { sampleSql } from '../drill/sample.ts';
import { lookScript, reportScript, restoreScript } from '../drill/scripts.ts';
import { checkImage } from '../installation/checks/database.ts';
import { checkDrillNamespace } from '../installation/checks/namespaces.ts';
import { checkVersion } from '../installation/checks/version.ts';
import { type Cnpg, cnpg } from '../installation/cnpg.ts';
import { type MediaLocation, mediaLocation, standardMediaLocation } from '../installation/media-location.ts';
import { Properties } from '../installation/properties.ts';
import { image, immichVersion, label } from '../installation/texts.ts';
import {
  KubeConfigMap,
  KubePersistentVolumeClaim,
  KubeRole,
  KubeRoleBinding,
  KubeServiceAccount,
  type ObjectMeta,
  Quantity,
} from '../kubernetes/api.ts';
import { objectStore } from '../kubernetes/cnpg/object-store.ts';
import { keptAnnotations } from '../kubernetes/data.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { OwnPods } from '../kubernetes/network.ts';
import { databasePodsOf, podsOf } from '../kubernetes/own-pods.ts';
import { drillName } from '../names.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';
import type { Image } from '../values/image.ts';
import type { Version } from '../values/version.ts';

/** What a restore drill is made of. */
export interface RestoreDrillProps {
  /** Namespace of the drill, which must hold nothing else. */
  readonly namespace: string;
  /** Version of Immich, which decides what the database must hold. */
  readonly version: string | Checked<Version>;
  /** The section `database.cnpg` of the database whose backups are restored, with `image` and a backup with a drill. */
  readonly cnpg: CnpgSection | Checked<Cnpg>;
  /**
   * PostgreSQL with VectorChord, as the database has it; it wins over that of the section.
   * @default `image` of the section
   */
  readonly image?: string | Checked<Image>;
  /**
   * Name of the CronJob and of everything else that belongs to the drill.
   * @default immich-drill
   */
  readonly name?: string;
  /**
   * Where the server has its files, which all paths in the database must lead to.
   * @default /data
   */
  readonly mediaLocation?: '/data' | '/usr/src/app/upload' | Checked<MediaLocation>;
  /**
   * Whether Immich sleeps, so that the drill asks for no sign of life and no new photo.
   * @default false
   */
  readonly isStopped?: boolean;
}

/**
 * A CronJob that restores the newest backup into a throw-away database, looks inside, and deletes it, in a namespace
 * that holds nothing else: no production data, and no credential that could change a backup.
 *
 * @example
 * new RestoreDrill(chart, 'drill', { namespace: 'photos-drill', version: 'v3.3.1', cnpg });
 */
export class RestoreDrill extends Construct {
  /** Name of the CronJob. */
  readonly name: string;
  /** Name of the throw-away database, while there is one. */
  readonly databaseName: string;
  /** The pods of the CronJob, for `NetworkPolicies` and for policies of others. */
  readonly pods: OwnPods;
  /** The pods of the throw-away database. */
  readonly databasePods: OwnPods;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: RestoreDrillProps) {
    super(scope, id);
    const properties = new Properties(`RestoreDrill ${quote(id)}`);
    const settings = properties.read(cnpg, props.cnpg, 'cnpg');
    const used = properties.read(image, props.image ?? settings.image.text, 'image');
    const version = properties.read(immichVersion, props.version, 'version');
    const plan = drillPlanOf({
      cnpg: settings,
      image: used,
      version,
      namespace: properties.read(label, props.namespace, 'namespace'),
      name: properties.read(label, props.name ?? drillName, 'name'),
      mediaLocation: properties.read(
        mediaLocation,
        props.mediaLocation ?? standardMediaLocation,
        'mediaLocation',
      ),
      isStopped: props.isStopped ?? false,
    });
    if (plan === undefined) {
      throw new Error(
        `RestoreDrill ${quote(id)}: cnpg.backup: There is no backup with a drill. Write one, or leave RestoreDrill out.`,
      );
    }
    const { name, namespace, method, store } = plan;
    properties.check(props.cnpg, (at) => {
      checkVersion({ version }, at);
      checkImage(version, used, at.in('image'));
      checkDrillNamespace(namespace, at.in('namespace'));
    });
    this.warnings = properties.warnings;
    this.name = name;
    this.databaseName = plan.database;
    this.pods = podsOf(name);
    this.databasePods = databasePodsOf(plan.database);
    const labels = ownLabels;
    if (method === 'plugin') {
      objectStore(this, {
        name,
        namespace,
        labels,
        annotations: keptAnnotations,
        store,
        sidecar: plan.sidecar,
        written: undefined,
      });
    }
    rights(this, plan, { name, namespace, labels });
    history(this, plan);
    new KubeConfigMap(this, 'files', { metadata: { name, namespace, labels }, data: filesOf(plan) });
    drillCronJob(this, plan);
  }
}

/** The drill's account may start, watch and delete its own throw-away database, and nothing else. */
function rights(scope: Construct, { name, namespace, database }: DrillPlan, metadata: ObjectMeta): void {
  const cluster = { apiGroups: ['postgresql.cnpg.io'], resources: ['clusters'] };
  new KubeServiceAccount(scope, 'account', { metadata, automountServiceAccountToken: false });
  new KubeRole(scope, 'role', {
    metadata,
    rules: [
      { ...cluster, verbs: ['create'] },
      { ...cluster, verbs: ['get', 'delete'], resourceNames: [database] },
    ],
  });
  new KubeRoleBinding(scope, 'role-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}

/** The row counts of the last drill that succeeded: a file, since the drill may change no object of Kubernetes. */
function history(scope: Construct, plan: DrillPlan): void {
  const { namespace, cnpg, drill } = plan;
  const name = historyNameOf(plan.name);
  new KubePersistentVolumeClaim(scope, 'history', {
    metadata: {
      name,
      namespace,
      labels: ownLabels,
      annotations: keptAnnotations,
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: drill.storageClass ?? cnpg.storage.storageClass,
      resources: { requests: { storage: Quantity.fromString('64Mi') } },
    },
  });
}

/** What the drill's containers run and ask, as files. */
function filesOf(plan: DrillPlan): { [file: string]: string } {
  const { database, drill, expectations } = plan;
  const checks = checksOf(expectations).map(({ code, name, sql }) => [`${code}-${name}.sql`, sql] as const);
  return {
    'cluster.yaml': drillDatabase(plan),
    // The checks need a little of the time too.
    'restore.sh': restoreScript({
      database,
      waitSeconds: drill.deadline.seconds - 900,
      folder: plan.folder,
      retentionDays: plan.retentionDays,
      hasFileDrill: plan.randomFiles !== undefined,
    }),
    'look.sh': lookScript({
      folder: plan.folder,
      retentionDays: plan.retentionDays,
      waitSeconds: drill.deadline.seconds - 900,
      hasFileDrill: plan.randomFiles !== undefined,
      momentChecks: checksOf(expectations)
        .filter(({ isOfAnyMoment }) => isOfAnyMoment)
        .map(({ code, name }) => `${code}-${name}`),
    }),
    'report.sh': reportScript(database),
    'counts.sql': countsOf(expectations),
    'life.sql': lifeSql,
    'newest.sql': newestSql,
    'notes.sql': notesSql,
    ...(plan.randomFiles === undefined
      ? {}
      : { 'files.sql': sampleSql(expectations.mediaLocation, plan.randomFiles) }),
    ...Object.fromEntries(checks),
  };
}
