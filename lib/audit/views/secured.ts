import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';

/** Hosts that are answered with the certificates of some secrets. */
export interface SecuredView {
  /** The names of the secrets, all in one namespace; a host is right when one of them covers it. */
  readonly secrets: readonly Field[];
  readonly namespace: string | undefined;
  readonly hosts: readonly SecuredHostView[];
}

/** A place where hosts are written. */
export interface SecuredHostView {
  readonly host: Field;
  readonly names: readonly string[];
}

/** The hosts of IngressRoutes, of Ingresses, and of HTTPRoutes by the Gateway they are attached to. */
export function securedHosts(inventory: Inventory): SecuredView[] {
  return [
    ...inventory.all('traefik.io', 'IngressRoute').map(ingressRoute),
    ...inventory.all('networking.k8s.io', 'Ingress').flatMap(ingress),
    ...inventory
      .all('gateway.networking.k8s.io', 'HTTPRoute')
      .flatMap((route) => httpRoute(inventory, route)),
  ];
}

function ingressRoute(route: Field): SecuredView {
  return {
    secrets: [route.at('spec', 'tls', 'secretName')].filter(({ text }) => text !== undefined),
    namespace: namespaceOf(route),
    hosts: route.at('spec', 'routes').items.map((rule) => ({
      host: rule.at('match'),
      names: hostsOf(rule.at('match').text ?? ''),
    })),
  };
}

/** The hosts that a Traefik rule names; host patterns and negated hosts are not among them. */
function hostsOf(match: string): string[] {
  return [...match.matchAll(/(^|[^!A-Za-z])Host\(([^)]*)\)/g)].flatMap(([, , list = '']) =>
    [...list.matchAll(/[`"']([^`"']+)[`"']/g)].map(([, host = '']) => host),
  );
}

/**
 * Each entry of `tls` says for which hosts its secret is. cert-manager makes certificates of annotated Ingresses for
 * just these hosts: https://cert-manager.io/docs/usage/ingress/
 */
function ingress(route: Field): SecuredView[] {
  const annotations = Object.keys(route.at('metadata', 'annotations').labels);
  return annotations.some((annotation) => annotation.startsWith('cert-manager.io/'))
    ? []
    : route.at('spec', 'tls').items.flatMap((tls) => {
        const secret = tls.at('secretName');
        return secret.text === undefined
          ? []
          : [{ secrets: [secret], namespace: namespaceOf(route), hosts: plainHosts(tls.at('hosts')) }];
      });
}

/** A Gateway's listener is told by its name; without one, every listener that ends TLS may answer. */
function httpRoute(inventory: Inventory, route: Field): SecuredView[] {
  const gateways = inventory.all('gateway.networking.k8s.io', 'Gateway');
  return route.at('spec', 'parentRefs').items.flatMap((parent) => {
    const namespace = parent.at('namespace').text ?? namespaceOf(route);
    const gateway = gateways.find(
      (one) => one.get('metadata', 'name') === parent.get('name') && namespaceOf(one) === namespace,
    );
    const section = parent.at('sectionName').text;
    const listeners = (gateway?.at('spec', 'listeners').items ?? []).filter(
      (one) => one.at('tls').exists && (section === undefined || one.get('name') === section),
    );
    const references = listeners.flatMap((one) => one.at('tls', 'certificateRefs').items);
    const annotations = Object.keys(gateway?.at('metadata', 'annotations').labels ?? {});
    const isKnown =
      gateway !== undefined &&
      listeners.every((one) => one.at('tls', 'certificateRefs').items.length > 0) &&
      references.every((one) => (one.at('namespace').text ?? namespace) === namespace) &&
      !annotations.some((annotation) => annotation.startsWith('cert-manager.io/'));
    return isKnown
      ? [
          {
            secrets: references.map((one) => one.at('name')),
            namespace,
            hosts: plainHosts(route.at('spec', 'hostnames')).filter(({ names }) =>
              listeners.every((one) => names.every((name) => listensTo(one.at('hostname').text, name))),
            ),
          },
        ]
      : [];
  });
}

/** https://gateway-api.sigs.k8s.io/reference/spec/#listener: here a wildcard stands for several labels too. */
function listensTo(hostname: string | undefined, host: string): boolean {
  return (
    hostname === undefined ||
    hostname === host ||
    (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)))
  );
}

/** Hosts of a list. Wildcards are left out: which hosts they are used for is not written there. */
function plainHosts(hosts: Field): SecuredHostView[] {
  return hosts.items.flatMap((host) =>
    host.text === undefined || host.text.startsWith('*') ? [] : [{ host, names: [host.text] }],
  );
}

function namespaceOf(field: Field): string | undefined {
  return field.at('metadata', 'namespace').text;
}
