import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { immichDoors } from '../../../manifests/views/doors.ts';
import { quote } from '../../../text/quoting.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const routeWithoutListener: Rule = {
  id: 'route-without-listener',
  severity: 'error',
  whose: 'upstream',
  meaning: 'No listener of its Gateway takes the route to Immich.',
  why: 'A Gateway lets in only routes of its own namespace, unless a listener says otherwise (allowedRoutes), and a route may name a listener, a port or hosts that it does not have. Such a route is not accepted: Kubernetes takes the object, and nobody reaches Immich by it.',
  url: 'https://gateway-api.sigs.k8s.io/concepts/api-overview/#attaching-routes-to-gateways',
  limits: 'Listeners that let namespaces in by their labels are taken to let this one in.',
  examples: {
    good: documents(
      server('ports: [{ name: http, containerPort: 2283 }]'),
      `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`,
      `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: external, namespace: network }
spec:
  gatewayClassName: traefik
  listeners:
    - { name: https, protocol: HTTPS, port: 443, allowedRoutes: { namespaces: { from: All } } }`,
      `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec:
  parentRefs: [{ name: external, namespace: network }]
  rules: [{ backendRefs: [{ name: immich-server, port: 2283 }] }]`,
    ),
    broken: { 'from: All': 'from: Same' },
  },
  check(inventory, report) {
    const routes = new Set(immichDoors(inventory).map(({ route }) => route));
    for (const route of routes) {
      const refused = route.at('spec', 'parentRefs').items.flatMap((parent) => {
        const reasons = gatewaysOf(inventory, parent, route).map((gateway) =>
          whyRefused(gateway, parent, route),
        );
        const [why] = reasons;
        return why === undefined || reasons.includes(undefined) ? [] : [{ parent, why }];
      });
      const isShut = refused.length === route.at('spec', 'parentRefs').items.length;
      for (const { parent, why } of refused) {
        report(parent, {
          message: `Gateway ${quote(parent.at('name').text)} does not take this route: ${why}.`,
          fix: 'Name a listener that is there and takes it, or let the listener in: allowedRoutes: { namespaces: { from: All } }.',
          // Another Gateway takes it.
          ...(isShut ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

/** The Gateway that a route names, where it is among the manifests: one for each cluster that these are for. */
function gatewaysOf(inventory: Inventory, parent: Field, route: Field): Field[] {
  const namespace = parent.at('namespace').text ?? route.at('metadata', 'namespace').text;
  return (parent.at('kind').text ?? 'Gateway') !== 'Gateway'
    ? []
    : inventory
        .all('gateway.networking.k8s.io', 'Gateway')
        .filter(
          (one) =>
            one.get('metadata', 'name') === parent.get('name') &&
            one.at('metadata', 'namespace').text === namespace,
        );
}

/** Why none of its listeners takes a route; undefined when one does, or may. */
function whyRefused(gateway: Field, parent: Field, route: Field): string | undefined {
  const listeners = gateway.at('spec', 'listeners').items;
  const section = parent.at('sectionName').text;
  const port = parent.at('port').number;
  // Other objects may add listeners: https://gateway-api.sigs.k8s.io/geps/gep-1713/
  if (listeners.length === 0 || gateway.at('spec', 'allowedListeners').exists || isUnknown(section ?? '')) {
    return undefined;
  }
  const named = listeners.filter(
    (one) =>
      (section === undefined || isUnknown(one.at('name').text ?? '') || one.at('name').text === section) &&
      (port === undefined || one.at('port').number === undefined || one.at('port').number === port),
  );
  if (named.length === 0) {
    return `it has no listener ${section === undefined ? `at port ${port}` : quote(section)}`;
  }
  const open = named.filter((one) => letsIn(one, gateway, route));
  if (open.length === 0) {
    return `it lets in routes of namespace ${quote(gateway.at('metadata', 'namespace').text)} alone`;
  }
  return open.some((one) => sharesHost(one.at('hostname').text, route.at('spec', 'hostnames').texts))
    ? undefined
    : `no listener has a host of it`;
}

/** https://gateway-api.sigs.k8s.io/reference/spec/#routenamespaces: those of the Gateway, if nothing is said. */
function letsIn(listener: Field, gateway: Field, route: Field): boolean {
  const from = listener.at('allowedRoutes', 'namespaces', 'from');
  const [theirs, ours] = [gateway, route].map((one) => one.at('metadata', 'namespace').text);
  return (
    (from.exists && from.text !== 'Same') || theirs === undefined || ours === undefined || theirs === ours
  );
}

/** `*.example.com` stands for everything below, on either side. */
function sharesHost(listener: string | undefined, hosts: readonly string[]): boolean {
  return (
    listener === undefined ||
    isUnknown(listener) ||
    hosts.length === 0 ||
    hosts.some(
      (host) => isUnknown(host) || host === listener || isBelow(host, listener) || isBelow(listener, host),
    )
  );
}

function isBelow(host: string, wildcard: string): boolean {
  return wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1));
}
