import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './api-client.ts';
import type { ControlPlane } from './api-server.ts';
import { at, textAt } from './value.ts';

/** Stands in for the storage classes' provisioners: makes a volume for every claim that waits for one. */
export interface Provisioner {
  readonly stop: () => Promise<void>;
}

export function startProvisioner(plane: ControlPlane): Provisioner {
  let stopped = false;
  const round = async () => {
    for (const claim of await plane.api.list('v1', 'PersistentVolumeClaim')) {
      const { uid, name = '', namespace = '' } = claim.metadata ?? {};
      if (at(claim, 'status', 'phase') !== 'Pending' || textAt(claim, 'spec', 'volumeName') !== '') {
        continue;
      }
      const volume = {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `e2e-${uid}` },
        spec: {
          capacity: { storage: at(claim, 'spec', 'resources', 'requests', 'storage') },
          accessModes: at(claim, 'spec', 'accessModes'),
          storageClassName: textAt(claim, 'spec', 'storageClassName'),
          persistentVolumeReclaimPolicy: 'Retain',
          claimRef: { namespace, name },
          nfs: { server: '127.0.0.1', path: `/${uid}` },
        },
      };
      await plane.api.create(volume).catch((error: unknown) => {
        // From an earlier round, and not bound yet.
        if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) {
          throw error;
        }
      });
    }
  };
  const running = (async () => {
    while (!stopped) {
      // An object that went away in between is of no concern; the next round sees what is there.
      await round().catch(() => undefined);
      await sleep(300);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
