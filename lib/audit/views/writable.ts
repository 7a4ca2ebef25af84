import { isUnknown } from '../../manifests/field.ts';
import type { ContainerView } from '../../manifests/views/container.ts';
import { isUnder, mountAt } from '../../manifests/views/mount-at.ts';
import type { WorkloadView } from '../../manifests/views/workload.ts';

/** Why a container cannot write to a folder, to follow "because"; undefined when it can, or nobody knows. */
export function whyUnwritable(
  workload: WorkloadView,
  container: ContainerView,
  folder: string,
): string | undefined {
  if (!folder.startsWith('/') || isUnknown(folder) || container.mounts.some(({ path }) => isUnknown(path))) {
    return undefined;
  }
  const mount = mountAt(container.mounts, folder);
  if (mount !== undefined) {
    const volume = workload.volumes.find(({ name }) => name === mount.volume);
    return mount.readOnly || volume?.writable === false ? `${mount.path} is mounted read-only` : undefined;
  }
  if (securityOf(workload, container, 'readOnlyRootFilesystem') === true) {
    return 'the root file system is read-only and no volume is mounted there';
  }
  const user = securityOf(workload, container, 'runAsUser');
  return typeof user === 'number' && user !== 0 && !openToAll.some((path) => isUnder(folder, path))
    ? `it belongs to root, and the container runs as user ${user}`
    : undefined;
}

/** A setting of the container's security context, or the pod's where both have it. */
export function securityOf({ pod }: WorkloadView, { security }: ContainerView, setting: string): unknown {
  return security.get(setting) ?? pod.get('securityContext', setting);
}

/** Folders of every image that any user may write to. */
const openToAll = ['/tmp', '/var/tmp', '/dev/shm'];
