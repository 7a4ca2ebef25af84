import type { Place } from '../../schema/place.ts';
import { doorNamespacesOf, programOf } from '../door.ts';
import type { Installation } from '../installation.ts';

/** The proxy before Immich gets past the network policies. */
export function checkProxies({ route: { door }, network }: Installation, at: Place): void {
  if (!network.policies) return;
  if (door.kind === 'gateway' && door.class === 'cilium' && network.flavor !== 'cilium') {
    at.in('route', 'gateway', 'class').error(
      '"cilium" sends requests from no pod, and only a policy of Cilium can name it. Write network: { flavor: cilium }, or another class.',
    );
  }
  if (network.clients.length > 0) return;
  const isUnknown =
    door.kind === 'none' ||
    (door.kind === 'gateway' && (door.class === 'gke' || door.class === 'other')) ||
    (door.kind === 'ingress' && programOf(door) === undefined && doorNamespacesOf(door).length === 0);
  if (isUnknown) {
    at.in('route', door.kind).error(
      'Nobody knows here who connects to the server, and network policies keep everybody else out. Write network: { clients: [{ from: { namespace: network }, why: "the proxy" }] } with the namespace of its pods, or { cidr } of its addresses.',
    );
  }
}
