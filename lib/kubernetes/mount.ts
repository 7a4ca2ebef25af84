import type { ExtraVolumes } from '../installation/extra-volumes.ts';
import { Quantity, type Volume, type VolumeMount } from './api.ts';
import { present } from './present.ts';

/** Something that a container sees in its file system. `volume` names it inside the pod. */
export type Mount = {
  readonly volume: string;
  /** Absolute path inside the container. */
  readonly path: string;
  /** A folder of the volume, when not the whole of it is mounted. */
  readonly folder?: string;
} & (
  | { readonly kind: 'claim'; readonly claim: string; readonly readOnly?: boolean }
  | { readonly kind: 'configMap'; readonly configMap: string }
  | { readonly kind: 'secret'; readonly secret: string; readonly key: string }
  | { readonly kind: 'empty'; readonly size: string; readonly inMemory?: boolean }
);

/** The mount as a container states it. Only claims and empty folders are writable. */
export function mountOf(mount: Mount): VolumeMount {
  return {
    name: mount.volume,
    mountPath: mount.path,
    ...present({ subPath: mount.folder }),
    ...(isReadOnly(mount) ? { readOnly: true } : {}),
  };
}

function isReadOnly(mount: Mount): boolean {
  return (
    mount.kind === 'configMap' ||
    mount.kind === 'secret' ||
    (mount.kind === 'claim' && mount.readOnly === true)
  );
}

/** The mounts of the further volumes of a component. */
export function extraMounts(volumes: ExtraVolumes | undefined): Mount[] {
  return Object.entries(volumes ?? {}).map(([name, volume]) => ({ ...volume, volume: `extra-${name}` }));
}

/** The volume of a pod that the mount needs. */
export function volumeOf(mount: Mount): Volume {
  const name = mount.volume;
  switch (mount.kind) {
    case 'claim':
      return {
        name,
        persistentVolumeClaim: {
          claimName: mount.claim,
          ...present({ readOnly: mount.readOnly || undefined }),
        },
      };
    case 'configMap':
      return { name, configMap: { name: mount.configMap } };
    case 'secret':
      return { name, secret: { secretName: mount.secret, items: [{ key: mount.key, path: mount.key }] } };
    case 'empty':
      return {
        name,
        emptyDir: {
          sizeLimit: Quantity.fromString(mount.size),
          ...(mount.inMemory === true ? { medium: 'Memory' } : {}),
        },
      };
  }
}
