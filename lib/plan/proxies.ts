import { type DoorOf, doorNamespacesOf, programOf } from '../installation/door.ts';
import type { Installation } from '../installation/installation.ts';
import type { OtherPods, Peer } from '../kubernetes/network.ts';
import { routeName } from '../names.ts';
import { addresses } from './addresses.ts';

/** A proxy before Immich, as policies see it. */
export interface Proxy {
  readonly peer: Peer;
  /** What is added to the port of its Service on its pods, where that is known. */
  readonly portShift: number | undefined;
}

/** Who sends requests on to the server; nobody is known where the door is none, and network.clients says it. */
export function proxiesOf({ route: { door }, namespace }: Installation): Proxy[] {
  switch (door.kind) {
    case 'traefik':
      return traefikOf(door);
    case 'gateway':
      return gatewayOf(door);
    case 'ingress':
      return ingressOf(door);
    case 'tailscale': {
      // https://github.com/tailscale/tailscale/blob/main/cmd/k8s-operator/sts.go
      const labels = {
        'tailscale.com/parent-resource': routeName,
        'tailscale.com/parent-resource-ns': namespace,
        'tailscale.com/parent-resource-type': 'ingress',
      };
      return [podsAt('Tailscale', doorNamespacesOf(door), labels)];
    }
    case 'none':
      return [];
  }
}

/** Traefik's pods, and where they are on the host network the nodes that they run on. */
function traefikOf(door: DoorOf<'traefik'>): Proxy[] {
  const pods = podsAt('Traefik', door.namespaces, door.podLabels, portShift.traefik);
  const nodes = addresses(
    'Traefik',
    door.addresses.map((range) => range.text),
  );
  return door.addresses.length === 0
    ? [pods]
    : [pods, { peer: { ...nodes, entities: ['host', 'remote-node'] }, portShift: 0 }];
}

/** https://gateway-api.sigs.k8s.io/geps/gep-1762/ has the label of pods that are made for one Gateway. */
function gatewayOf(door: DoorOf<'gateway'>): Proxy[] {
  const namespaces = doorNamespacesOf(door);
  const perGateway = (name: string, label: string, shift?: number) =>
    door.parents.map((parent) => podsAt(name, namespaces, { [label]: parent.name }, shift));
  switch (door.class) {
    case 'envoy':
      return perGateway(
        'Envoy Gateway',
        // https://gateway.envoyproxy.io/latest/tasks/quickstart/
        'gateway.envoyproxy.io/owning-gateway-name',
        portShift.envoy,
      );
    case 'cilium': {
      // https://docs.cilium.io/en/stable/network/servicemesh/ingress-and-network-policy/
      const peer: Peer = { ...addresses("Cilium's gateway", []), entities: ['ingress'] };
      return [{ peer, portShift: undefined }];
    }
    case 'istio':
    case 'kgateway':
    case 'nginx':
      return perGateway(programOf(door) ?? door.class, 'gateway.networking.k8s.io/gateway-name');
    case 'traefik':
      return [podsAt('Traefik', namespaces, { 'app.kubernetes.io/name': 'traefik' }, portShift.traefik)];
    case 'gke':
    case 'other':
      return [];
  }
}

function ingressOf(door: DoorOf<'ingress'>): Proxy[] {
  const namespaces = doorNamespacesOf(door);
  switch (programOf(door)) {
    case 'ingress-nginx':
      return [podsAt('ingress-nginx', namespaces, { 'app.kubernetes.io/name': 'ingress-nginx' }, 0)];
    case 'Traefik':
      return [podsAt('Traefik', namespaces, { 'app.kubernetes.io/name': 'traefik' }, portShift.traefik)];
    default:
      // All pods of a namespace that the file names; of others nothing is known.
      return namespaces.length === 0 ? [] : [podsAt(`the controller of ${door.class}`, namespaces, {})];
  }
}

/**
 * How far the ports of pods are from those of their Service, since they run without root: Traefik's chart listens on
 * 8443, Envoy Gateway on 10443. https://gateway.envoyproxy.io/latest/tasks/quickstart/
 */
const portShift = { traefik: 8000, envoy: 10_000 };

function podsAt(
  name: string,
  namespaces: readonly string[],
  labels: OtherPods['labels'],
  shift?: number,
): Proxy {
  return { peer: { kind: 'other', name, namespaces, labels }, portShift: shift };
}
