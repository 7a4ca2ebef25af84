import type { Construct } from 'constructs';
import { readingKeysOf } from '../installation/volume-backups.ts';
import { type Container, Quantity, type Volume } from '../kubernetes/api.ts';
import { harden } from '../kubernetes/hardened.ts';
import { moverResources, type ResticAccess, resticAccess } from '../kubernetes/restic.ts';
import { historyMount, stepJob } from './containers.ts';
import { historyNameOf } from './cron-job.ts';
import type { FileDrillPlan } from './file-drill-plan.ts';
import { fileDrillCommand } from './file-drill-script.ts';
import { scheduleDrill } from './scheduled.ts';
import { folders } from './scripts.ts';

/** The CronJob of a drill of files: one container, which has the keys of the repository and no token of Kubernetes. */
export function fileDrillCronJob(scope: Construct, plan: FileDrillPlan): void {
  const { name, namespace, files, cnpg, store } = plan;
  const access = resticAccess(files.secret, readingKeysOf(store));
  scheduleDrill(scope, {
    name,
    namespace,
    schedule: files.schedule,
    job: stepJob({
      name,
      cnpg,
      deadlineSeconds: files.deadline.seconds,
      steps: [],
      last: compareContainer(plan, access),
      volumes: volumesOf(plan, access),
    }),
  });
}

function compareContainer({ files }: FileDrillPlan, { env, mounts }: ResticAccess): Container {
  const { requests, limits } = moverResources;
  return {
    name: 'compare',
    ...harden({
      image: files.image,
      readOnlyRootFilesystem: true,
      resources: {
        requests: { cpu: { text: requests.cpu }, memory: { text: requests.memory } },
        limits: { cpu: undefined, memory: { text: limits.memory } },
      },
    }),
    command: [...fileDrillCommand],
    env: [{ name: 'RESTIC_CACHE_DIR', value: '/cache' }, ...env],
    volumeMounts: [
      { name: 'files', mountPath: folders.scripts, readOnly: true },
      { ...historyMount, readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'cache', mountPath: '/cache' },
      ...mounts,
    ],
  };
}

function volumesOf({ name, drill }: FileDrillPlan, { volumes }: ResticAccess): Volume[] {
  return [
    { name: 'files', configMap: { name } },
    { name: 'history', persistentVolumeClaim: { claimName: historyNameOf(drill), readOnly: true } },
    { name: 'tmp', emptyDir: { sizeLimit: Quantity.fromString('16Mi') } },
    // The index of the repository, which each file would otherwise need again.
    { name: 'cache', emptyDir: { sizeLimit: Quantity.fromString('5Gi') } },
    ...volumes,
  ];
}
