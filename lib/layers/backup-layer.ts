import { volSyncBackup } from '../components/volsync-backup.ts';
import { volSyncPopulation } from '../components/volsync-population.ts';
import { resticSecretOf } from '../installation/volume-backups.ts';
import type { Plan } from '../plan/plan.ts';
import type { Layer } from './layer.ts';
import { hasStorage } from './storage-layer.ts';

/** Backups of files by VolSync, and what it fills new claims from: a layer of its own, since its kinds exist only where VolSync does. */
export function backupLayer({ installation, volumeBackups }: Plan): Layer {
  const { namespace, server, machineLearning } = installation;
  return {
    plan: {
      name: 'backup',
      after: [hasStorage(installation) ? 'storage' : 'namespace', 'secrets'],
      // A source is ready only after its first backup, which may be a day away.
      readiness: { kind: 'applied' },
      keepsObjects: false,
      timeout: '5m',
    },
    build: (chart) => {
      for (const { backup, ...plan } of volumeBackups) {
        if (backup.kind !== 'volsync') continue;
        const { user, group } = plan.key === 'models' ? machineLearning : server;
        const { name } = resticSecretOf(installation, { claim: plan.claim, backup });
        volSyncBackup(chart, { ...plan, backup, namespace, secret: name, user, group });
        const { claim, volume } = plan;
        if (volume.kind !== 'dynamic' || volume.populate?.kind !== 'volsync') continue;
        const { populate } = volume;
        volSyncPopulation(chart, { claim, namespace, volume, backup, populate, secret: name, user, group });
      }
    },
  };
}

/** Whether VolSync is to back up any volume of the installation. */
export function hasVolSync({ volumeBackups }: Plan): boolean {
  return volumeBackups.some(({ backup }) => backup.kind === 'volsync');
}
