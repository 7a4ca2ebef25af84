import { valkeyClaim } from '../components/valkey.ts';
import { volume } from '../components/volume.ts';
import type { Installation } from '../installation/installation.ts';
import { claimNameOf } from '../installation/volumes.ts';
import type { Layer } from './layer.ts';

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
        if (one !== undefined) volume(chart, { claim: claimNameOf(key, one), namespace, volume: one });
      }
      valkeyClaim(chart, { namespace, valkey });
    },
  };
}
