import { longhornBackup } from '../components/longhorn-backup.ts';
import { longhornSnapshots } from '../components/longhorn-snapshots.ts';
import { claimNameOf } from '../installation/volumes.ts';
import type { Plan } from '../plan/plan.ts';
import type { Layer } from './layer.ts';

/** Longhorn's own objects, in Longhorn's namespace. */
export function snapshotLayer({ installation, volumeBackups }: Plan): Layer {
  const { namespace, volumes } = installation;
  return {
    plan: {
      name: 'snapshots',
      after: [],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '5m',
    },
    build: (chart) => {
      for (const [key, volume] of Object.entries(volumes)) {
        if (volume?.kind === 'dynamic' && volume.longhorn?.snapshots !== undefined) {
          const { snapshots } = volume.longhorn;
          longhornSnapshots(chart, { namespace, claim: claimNameOf(key, volume), snapshots });
        }
      }
      for (const { claim, schedule, backup } of volumeBackups) {
        if (backup.kind !== 'longhorn') continue;
        longhornBackup(chart, { namespace, claim, schedule, retain: backup.retain });
      }
    },
  };
}

/** Whether Longhorn is to snapshot any volume of the installation, or to back one up. */
export function hasSnapshots({ installation, volumeBackups }: Plan): boolean {
  return (
    Object.values(installation.volumes).some(
      (volume) => volume?.kind === 'dynamic' && volume.longhorn?.snapshots !== undefined,
    ) || volumeBackups.some(({ backup }) => backup.kind === 'longhorn')
  );
}
