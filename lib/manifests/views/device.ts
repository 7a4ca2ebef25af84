import type { ContainerView } from './container.ts';
import type { WorkloadView } from './workload.ts';

/**
 * Whether a pod asks for devices of its node in a way in which the container runtime lets it open them: by a resource,
 * a claim, a runtime of its own, or as privileged.
 */
export function asksForDevice({ pod }: WorkloadView, { field, security }: ContainerView): boolean {
  const resources = ['limits', 'requests'].flatMap((list) => field.at('resources', list).entries);
  return (
    // Resources of devices have a domain: https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/
    resources.some(([name, { value }]) => name.includes('/') && String(value) !== '0') ||
    field.at('resources', 'claims').items.length > 0 ||
    pod.at('runtimeClassName').exists ||
    pod.at('resourceClaims').items.length > 0 ||
    security.get('privileged') === true
  );
}
