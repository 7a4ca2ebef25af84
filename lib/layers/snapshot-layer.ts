import { longhornBackup } from '../components/longhorn-backup.ts';
import { longhornSnapshots } from '../components/longhorn-snapshots.ts';
import type { Installation } from '../installation/installation.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { volumeBackupsOf } from '../plan/volume-backups.ts';
import type { Layer } from './layer.ts';

/** Longhorn's own objects, in Longhorn's namespace. */
export function snapshotLayer(installation: Installation): Layer {
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
      for (const { claim, schedule, backup } of volumeBackupsOf(installation)) {
        if (backup.kind !== 'longhorn') continue;
        longhornBackup(chart, { namespace, claim, schedule, retain: backup.retain });
      }
    },
  };
}

/** Whether Longhorn is to snapshot any volume of the installation, or to back one up. */
export function hasSnapshots(installation: Installation): boolean {
  return (
    Object.values(installation.volumes).some(
      (volume) => volume?.kind === 'dynamic' && volume.longhorn?.snapshots !== undefined,
    ) || volumeBackupsOf(installation).some(({ backup }) => backup.kind === 'longhorn')
  );
}
