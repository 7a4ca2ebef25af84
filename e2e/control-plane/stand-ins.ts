import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, referenceOf } from './api-client.ts';
import type { ControlPlane } from './api-server.ts';
import { atTheEnd } from './endings.ts';
import { at, isTrue, textAt } from './value.ts';

/** Does in the background what a program would do that is not here. */
export interface StandIn {
  readonly stop: () => Promise<void>;
}

/** Repeats a round until it is stopped. */
export function standIn(round: () => Promise<void>): StandIn {
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      // An object that went away in between is of no concern; the next round sees what is there.
      await round().catch(() => undefined);
      await sleep(300);
    }
  })();
  const started: StandIn = {
    stop: async () => {
      stopped = true;
      await running;
    },
  };
  atTheEnd(started.stop);
  return started;
}

/** In the place of the storage classes' provisioners: makes a volume for every claim that waits for one. */
export function startProvisioner(plane: ControlPlane): StandIn {
  return standIn(async () => {
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
  });
}

/** In the place of cert-manager: every Certificate is Ready. */
export function startCertificates(plane: ControlPlane): StandIn {
  return standIn(async () => {
    for (const certificate of await plane.api.list('cert-manager.io/v1', 'Certificate')) {
      if (!isTrue(certificate, 'Ready')) {
        const condition = {
          type: 'Ready',
          status: 'True',
          reason: 'Ready',
          message: 'e2e',
          lastTransitionTime: new Date().toISOString(),
          observedGeneration: at(certificate, 'metadata', 'generation'),
        };
        await plane.api.patch(referenceOf(certificate), { status: { conditions: [condition] } }, 'status');
      }
    }
  });
}
