import type { Cnpg } from '../installation/cnpg.ts';
import { type Container, type EnvVar, Quantity, type Volume, type VolumeMount } from '../kubernetes/api.ts';
import { jobPod } from '../kubernetes/cnpg/job-pod.ts';
import { harden } from '../kubernetes/hardened.ts';
import { podLabelsOf } from '../kubernetes/labels.ts';
import type { Image } from '../values/image.ts';
import { folders } from './scripts.ts';

/** A step of a Job that looks into a restored database: one of the scripts, in a container of its own. */
interface Step {
  readonly name: string;
  readonly image: Image;
  /** File of the script. */
  readonly script: string;
  readonly env: EnvVar[];
  readonly mounts?: readonly VolumeMount[];
}

/** What a Job of such steps is, for a drill and for a rehearsal. */
export function stepJob(job: {
  /** Its account, and the name of its pods. */
  readonly name: string;
  readonly cnpg: Cnpg;
  readonly deadlineSeconds: number;
  /** One after the other, before the last. */
  readonly steps: Container[];
  /** What says how it went. */
  readonly last: Container;
  readonly volumes: Volume[];
}) {
  return {
    backoffLimit: 0,
    // A node that is drained is no failure: the pod begins anew.
    podFailurePolicy: {
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
    },
    activeDeadlineSeconds: job.deadlineSeconds,
    // Long enough to be looked at; what a killed one leaves behind goes with the Job.
    ttlSecondsAfterFinished: 86_400,
    template: {
      metadata: { labels: podLabelsOf(job.name) },
      spec: {
        ...jobPod(job.name, job.cnpg),
        ...(job.steps.length === 0 ? {} : { initContainers: job.steps }),
        containers: [job.last],
        volumes: job.volumes,
      },
    },
  };
}

/** A step with kubectl, which alone has the token of the Job's account. */
export function kubectlStep({ env, mounts = [], ...step }: Step): Container {
  return container({ ...step, env: [{ name: 'HOME', value: '/tmp' }, ...env], mounts: [...mounts, token] });
}

/** A step with psql, by whose environment the database is found. */
export function psqlStep(step: Step): Container {
  return container(step);
}

/** The name and the identifier of the Job that a container runs for. */
export const jobVariables: EnvVar[] = [
  { name: 'JOB_NAME', valueFrom: label('job-name') },
  { name: 'JOB_UID', valueFrom: label('controller-uid') },
];

function label(key: string) {
  return { fieldRef: { fieldPath: `metadata.labels['batch.kubernetes.io/${key}']` } };
}

/** Where steps find what earlier Jobs have left. */
export const historyMount: VolumeMount = { name: 'history', mountPath: folders.history };

/** The volumes of the steps: the scripts are those of a ConfigMap. */
export function stepVolumes(configMap: string, history: Omit<Volume, 'name'>): Volume[] {
  return [
    { name: 'files', configMap: { name: configMap } },
    { name: 'shared', emptyDir: { sizeLimit: Quantity.fromString('16Mi') } },
    { name: 'tmp', emptyDir: { sizeLimit: Quantity.fromString('256Mi') } },
    { name: 'history', ...history },
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

function container({ name, image, script, env, mounts = [] }: Step): Container {
  return {
    name,
    ...harden({ image, readOnlyRootFilesystem: true, resources }),
    command: ['/bin/sh', `${folders.scripts}/${script}`],
    env,
    volumeMounts: [...common, ...mounts],
  };
}

const resources = {
  requests: { cpu: { text: '50m' }, memory: { text: '64Mi' } },
  limits: { cpu: undefined, memory: { text: '512Mi' } },
};

const common: readonly VolumeMount[] = [
  { name: 'files', mountPath: folders.scripts, readOnly: true },
  { name: 'shared', mountPath: folders.shared },
  { name: 'tmp', mountPath: '/tmp' },
];

/** Where kubectl looks for the account's token. */
const token: VolumeMount = {
  name: 'token',
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  readOnly: true,
};
