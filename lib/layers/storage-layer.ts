import { externalLibrary } from '../components/external-library.ts';
import { ValkeyClaim } from '../components/valkey.ts';
import { Volume as VolumeComponent } from '../components/volume.ts';
import type { Installation } from '../installation/installation.ts';
import { keepsJobs } from '../installation/valkey.ts';
import type { Volume } from '../installation/volume.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';

/** Whether there is any claim of ours: a file may name existing ones only, and Flux takes no empty layer. */
export function hasStorage({ volumes, externalLibraries, valkey }: Installation): boolean {
  const hasLibrary = Object.values(externalLibraries).some(({ kind }) => kind !== 'existing');
  return hasLibrary || keepsJobs(valkey) || Object.values(volumes).some(isOurs);
}

function isOurs(volume: Volume | undefined): boolean {
  return volume !== undefined && volume.kind !== 'existing';
}

/** Claims, and the volumes behind them that are ours. */
export function storageLayer(installation: Installation): Layer {
  const { namespace, volumes, externalLibraries, valkey, server } = installation;
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
      for (const [name, library] of Object.entries(externalLibraries)) {
        const { user, group } = server;
        externalLibrary(chart, { name, namespace, library, user, group });
      }
      if (keepsJobs(valkey)) {
        new ValkeyClaim(chart, 'valkey', { namespace, valkey: new Checked(valkey) });
      }
    },
  };
}
