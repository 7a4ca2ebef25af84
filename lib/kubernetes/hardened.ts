import type { Image } from '../values/image.ts';
import { type Container, type PodSecurityContext, Quantity } from './api.ts';

/** A quantity as a file wrote it. */
interface Written {
  readonly text: string;
}

export interface HardenedProps {
  readonly image: Image;
  readonly readOnlyRootFilesystem: boolean;
  readonly resources: {
    readonly requests: { readonly cpu: Written; readonly memory: Written };
    readonly limits: { readonly cpu: Written | undefined; readonly memory: Written | undefined };
  };
}

/** What every container has, whatever it runs, so that its pod satisfies Pod Security "restricted". */
export function harden({
  image,
  readOnlyRootFilesystem,
  resources,
}: HardenedProps): Pick<Container, 'image' | 'imagePullPolicy' | 'resources' | 'securityContext'> {
  const { requests, limits } = resources;
  const quantities = (cpu: string | undefined, memory: string | undefined, storage: string) =>
    Object.fromEntries(
      Object.entries({ cpu, memory, 'ephemeral-storage': storage }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Quantity.fromString(value)]],
      ),
    );
  return {
    image: image.text,
    imagePullPolicy: 'IfNotPresent',
    resources: {
      requests: quantities(requests.cpu.text, requests.memory.text, '256Mi'),
      limits: quantities(limits.cpu?.text, limits.memory?.text, ephemeralLimit),
    },
    securityContext: containerSecurity(readOnlyRootFilesystem),
  };
}

/** What a container may do to its node: nothing. */
export function containerSecurity(readOnlyRootFilesystem: boolean) {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem,
    capabilities: { drop: ['ALL'] },
  };
}

/** Room on the node's disk for /tmp, logs and, where it is writable, the root file system. */
const ephemeralLimit = '8Gi';

/** What every pod has; volumes belong to the group. */
export function podSecurity(
  user: number,
  group: number,
  furtherGroups: readonly number[] = [],
): PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: group,
    ...(furtherGroups.length > 0 ? { supplementalGroups: [...furtherGroups] } : {}),
    fsGroup: group,
    // "Always" would change the owner of every photo at each start.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
