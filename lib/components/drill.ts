import type { Construct } from 'constructs';
import { secretOf, serviceOf } from '../cnpg/names.ts';
import { checksOf, countsSql, newestSql } from '../drill/checks.ts';
import { folders, lookScript, reportScript, restoreScript } from '../drill/scripts.ts';
import {
  type Container,
  KubeConfigMap,
  KubeCronJob,
  KubePersistentVolumeClaim,
  KubeRole,
  KubeRoleBinding,
  KubeServiceAccount,
  type ObjectMeta,
  Quantity,
  type Volume,
} from '../kubernetes/api.ts';
import { comment } from '../kubernetes/comment.ts';
import { keptAnnotations } from '../kubernetes/data.ts';
import { hardened, podSecurity } from '../kubernetes/hardened.ts';
import { labelsOf } from '../kubernetes/labels.ts';
import type { DrillPlan } from '../plan/drill.ts';
import { drillDatabase } from './drill-database.ts';
import { databaseName } from './instances.ts';
import { objectStore } from './object-store.ts';

/**
 * A CronJob that restores the newest backup into a throw-away database, looks inside, and deletes it, in a namespace
 * that holds nothing else: no production data, and no credential that could change a backup.
 */
export function drill(scope: Construct, plan: DrillPlan): void {
  const { name, namespace, method, store } = plan;
  const labels = labelsOf(name, 'drill');
  if (method === 'plugin') {
    objectStore(scope, { name, namespace, labels, annotations: keptAnnotations, store, written: undefined });
  }
  rights(scope, plan, { name, namespace, labels });
  history(scope, plan);
  new KubeConfigMap(scope, 'files', { metadata: { name, namespace, labels }, data: filesOf(plan) });
  cronJob(scope, plan);
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

const historyName = 'immich-drill-history';

/** The row counts of the last drill that succeeded: a file, since the drill may change no object of Kubernetes. */
function history(scope: Construct, { namespace, cnpg, drill }: DrillPlan): void {
  new KubePersistentVolumeClaim(scope, 'history', {
    metadata: {
      name: historyName,
      namespace,
      labels: labelsOf(historyName, 'drill'),
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
    'restore.sh': restoreScript(database, drill.deadline.seconds - 900),
    'look.sh': lookScript,
    'report.sh': reportScript(database),
    'counts.sql': countsSql,
    'newest.sql': newestSql,
    ...Object.fromEntries(checks),
  };
}

function cronJob(scope: Construct, plan: DrillPlan): void {
  const { name, namespace, drill } = plan;
  const labels = labelsOf(name, 'drill');
  const object = new KubeCronJob(scope, 'cron-job', {
    metadata: { name, namespace, labels },
    spec: {
      schedule: drill.schedule.text,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      // A cluster that was away does not drill at noon what it missed at night.
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        spec: {
          backoffLimit: 0,
          activeDeadlineSeconds: drill.deadline.seconds,
          // Long enough to be looked at; what a killed drill leaves behind goes with the Job.
          ttlSecondsAfterFinished: 86_400,
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: name,
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              restartPolicy: 'Never',
              securityContext: podSecurity(postgres, postgres),
              initContainers: [restoreContainer(plan), lookContainer(plan)],
              containers: [reportContainer(plan)],
              volumes: volumesOf(plan),
            },
          },
        },
      },
    },
  });
  comment(object, ['spec', 'schedule'], `Five fields: ${drill.schedule.words} UTC.`);
}

/** The user that CloudNativePG's images have for PostgreSQL; psql looks its own user up. */
const postgres = 26;

const resources = {
  requests: { cpu: { text: '50m' }, memory: { text: '64Mi' } },
  limits: { cpu: undefined, memory: { text: '512Mi' } },
};

const common = [
  { name: 'files', mountPath: folders.scripts, readOnly: true },
  { name: 'shared', mountPath: folders.shared },
  { name: 'tmp', mountPath: '/tmp' },
];

/** Where kubectl looks for the account's token. Only the containers with kubectl have it. */
const token = {
  name: 'token',
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  readOnly: true,
};

function restoreContainer({ drill }: DrillPlan): Container {
  const label = (key: string) => ({
    fieldRef: { fieldPath: `metadata.labels['batch.kubernetes.io/${key}']` },
  });
  return {
    name: 'restore',
    ...hardened({ image: drill.image, readOnlyRootFilesystem: true, resources }),
    command: ['/bin/sh', `${folders.scripts}/restore.sh`],
    env: [
      { name: 'HOME', value: '/tmp' },
      { name: 'JOB_NAME', valueFrom: label('job-name') },
      { name: 'JOB_UID', valueFrom: label('controller-uid') },
    ],
    volumeMounts: [...common, token],
  };
}

function lookContainer({ image, database }: DrillPlan): Container {
  const login = (key: string) => ({ secretKeyRef: { name: secretOf(database, 'app'), key } });
  return {
    name: 'look',
    ...hardened({ image, readOnlyRootFilesystem: true, resources }),
    command: ['/bin/sh', `${folders.scripts}/look.sh`],
    env: [
      { name: 'HOME', value: '/tmp' },
      { name: 'PGCONNECT_TIMEOUT', value: '10' },
      { name: 'PGDATABASE', value: databaseName },
      { name: 'PGHOST', value: serviceOf(database, 'rw') },
      { name: 'PGOPTIONS', value: '-c client_min_messages=error -c statement_timeout=15min' },
      { name: 'PGPASSWORD', valueFrom: login('password') },
      { name: 'PGSSLMODE', value: 'require' },
      { name: 'PGUSER', valueFrom: login('username') },
    ],
    volumeMounts: [...common, { name: 'history', mountPath: folders.history }],
  };
}

function reportContainer({ drill }: DrillPlan): Container {
  return {
    name: 'report',
    ...hardened({ image: drill.image, readOnlyRootFilesystem: true, resources }),
    command: ['/bin/sh', `${folders.scripts}/report.sh`],
    env: [{ name: 'HOME', value: '/tmp' }],
    volumeMounts: [...common, token],
  };
}

function volumesOf({ name }: DrillPlan): Volume[] {
  return [
    { name: 'files', configMap: { name } },
    { name: 'shared', emptyDir: { sizeLimit: Quantity.fromString('16Mi') } },
    { name: 'tmp', emptyDir: { sizeLimit: Quantity.fromString('256Mi') } },
    { name: 'history', persistentVolumeClaim: { claimName: historyName } },
    {
      name: 'token',
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    },
  ];
}
