import { ValkeyClaim } from '../components/valkey.ts';
import { Volume as VolumeComponent } from '../components/volume.ts';
import type { Installation } from '../installation/installation.ts';
import { keepsJobs } from '../installation/valkey.ts';
import type { Volume } from '../installation/volume.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';

/** Whether there is any claim of ours: a file may name existing ones only, and Flux takes no empty layer. */
export function hasStorage({ volumes, valkey }: Installation): boolean {
  return keepsJobs(valkey) || Object.values(volumes).some(isOurs);
}

function isOurs(volume: Volume | undefined): boolean {
  return volume !== undefined && volume.kind !== 'existing';
}

/** Claims, and the volumes behind them that are ours. */
export function storageLayer({ namespace, volumes, valkey }: Installation): Layer {
  return {
    plan: {
      name: 'storage',
      after: ['namespace'],
      readiness: { kind: 'applied' },
      keepsObjects: true,
      timeout: '5m',
    },
    build: (chart) => {
      for (const [key, one] of Object.entries(volumes)) {
        if (one === undefined) continue;
        new VolumeComponent(chart, key, {
          namespace,
          claim: claimNameOf(key, one),
          volume: new Checked(one),
        });
      }
      if (keepsJobs(valkey)) {
        new ValkeyClaim(chart, 'valkey', { namespace, valkey: new Checked(valkey) });
      }
    },
  };
}
