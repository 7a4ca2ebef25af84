import { longhornSnapshots } from '../components/longhorn-snapshots.ts';
import type { Installation } from '../installation/installation.ts';
import { claimNameOf } from '../installation/volumes.ts';
import type { Layer } from './layer.ts';

/** Longhorn's own objects, in Longhorn's namespace. */
export function snapshotLayer({ namespace, volumes }: Installation): Layer {
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
    },
  };
}

/** Whether Longhorn is to snapshot any volume of the installation. */
export function hasSnapshots({ volumes }: Installation): boolean {
  return Object.values(volumes).some(
    (volume) => volume?.kind === 'dynamic' && volume.longhorn?.snapshots !== undefined,
  );
}
