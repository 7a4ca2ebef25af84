import type { Construct } from 'constructs';
import { sameNodes } from '../installation/placement.ts';
import { type Container, KubeCronJob, Quantity, type Volume } from '../kubernetes/api.ts';
import { postgresUser, psqlEnvironment } from '../kubernetes/cnpg/psql.ts';
import { comment } from '../kubernetes/comment.ts';
import { harden, podSecurity } from '../kubernetes/hardened.ts';
import { ownLabels, podLabelsOf } from '../kubernetes/labels.ts';
import { placementOfPod } from '../kubernetes/placement.ts';
import type { DrillPlan } from './drill-plan.ts';
import { folders } from './scripts.ts';

/** The claim with the row counts of the last drill that succeeded. */
export function historyNameOf(drill: string): string {
  return `${drill}-history`;
}

/** The CronJob of a drill: one container that restores, one that looks, one that reports. */
export function drillCronJob(scope: Construct, plan: DrillPlan): void {
  const { name, namespace, drill, cnpg } = plan;
  const object = new KubeCronJob(scope, 'cron-job', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      schedule: drill.schedule.text,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      // A cluster that was away does not drill at noon what it missed at night.
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: ownLabels },
        spec: {
          backoffLimit: 0,
          // A node that is drained is no drill that failed: its pod begins anew.
          podFailurePolicy: {
            rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
          },
          activeDeadlineSeconds: drill.deadline.seconds,
          // Long enough to be looked at; what a killed drill leaves behind goes with the Job.
          ttlSecondsAfterFinished: 86_400,
          template: {
            metadata: { labels: podLabelsOf(name) },
            spec: {
              serviceAccountName: name,
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              restartPolicy: 'Never',
              ...placementOfPod(sameNodes(cnpg), {}),
              securityContext: podSecurity(postgresUser, postgresUser),
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
    ...harden({ image: drill.image, readOnlyRootFilesystem: true, resources }),
    command: ['/bin/sh', `${folders.scripts}/restore.sh`],
    env: [
      { name: 'HOME', value: '/tmp' },
      { name: 'JOB_NAME', valueFrom: label('job-name') },
      { name: 'JOB_UID', valueFrom: label('controller-uid') },
    ],
    volumeMounts: [...common, { name: 'history', mountPath: folders.history }, token],
  };
}

function lookContainer({ image, database }: DrillPlan): Container {
  return {
    name: 'look',
    ...harden({ image, readOnlyRootFilesystem: true, resources }),
    command: ['/bin/sh', `${folders.scripts}/look.sh`],
    env: psqlEnvironment({
      database,
      settings: ['client_min_messages=error', 'statement_timeout=15min'],
      // The operator makes it: while that is away, the container could otherwise not even say so.
      isOptional: true,
    }),
    volumeMounts: [...common, { name: 'history', mountPath: folders.history }],
  };
}

function reportContainer({ drill }: DrillPlan): Container {
  return {
    name: 'report',
    ...harden({ image: drill.image, readOnlyRootFilesystem: true, resources }),
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
    { name: 'history', persistentVolumeClaim: { claimName: historyNameOf(name) } },
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
