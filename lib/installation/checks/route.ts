import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { type DoorOf, programOf } from '../door.ts';
import type { Installation } from '../installation.ts';
import type { Route } from '../route.ts';

/** Nothing that the door cannot do. */
export function checkDoor({ route }: Pick<Installation, 'route'>, at: Place): void {
  const { door } = route;
  if (door.kind !== 'traefik') checkForTraefikAlone(route, at.in('route'));
  switch (door.kind) {
    case 'traefik':
      break;
    case 'ingress':
      checkIngress(door, at.in('route', 'ingress'));
      break;
    case 'gateway':
      checkNoCertificate(route, 'A Gateway has its certificate itself, in its listener.', at.in('route'));
      checkLimits(door, at.in('route', 'gateway', 'class'));
      break;
    case 'tailscale':
      checkNoCertificate(route, 'Tailscale makes the certificate of its machine itself.', at.in('route'));
      break;
    case 'none':
      checkNoCertificate(
        route,
        'There is no route of ours that could show it; what leads to Immich has its own.',
        at.in('route'),
      );
      break;
  }
}

/** Names that the door can answer for, each once, with a certificate that phones accept. */
export function checkHosts(
  { route, host, hosts }: Pick<Installation, 'route' | 'host' | 'hosts'>,
  at: Place,
): void {
  const { door, certificate } = route;
  const all = [host, ...hosts.map((further) => further.host)];
  all.forEach((one, index) => {
    if (all.indexOf(one) < index) {
      at.in('hosts', index - 1, 'host').error(`${quote(one)} is written already. Remove it here.`);
    }
  });
  if (door.kind === 'none' && hosts.length > 0) {
    at.in('hosts').error('There is no route of ours that could answer for them. Remove hosts, or none.');
  }
  if (door.kind === 'tailscale') checkTailscale(door, host, hosts.length > 0, at);
  const program = door.kind === 'traefik' || door.kind === 'ingress' ? programOf(door) : undefined;
  if (certificate === undefined && program !== undefined) {
    at.in('route').warning(
      `No certificate is named for ${quote(host)}, so that ${program} answers with its default one, which phones refuse unless it is valid. Write route: { certificate: { clusterIssuer: letsencrypt-prod } }.`,
    );
  }
}

function checkForTraefikAlone({ door, authentication, middlewares, openPaths }: Route, at: Place): void {
  const instead =
    door.kind === 'ingress'
      ? 'Remove it, and ask for the login by annotations of your controller, with a second Ingress of your own for /api and /.well-known/immich, which phones need open.'
      : 'Remove it, or write traefik.';
  if (authentication !== undefined) {
    at.in('authentication').error(
      `${quote(authentication.middleware)} is a Middleware of Traefik, and the way in is ${door.kind} here, which does not ask it. ${instead}`,
    );
  }
  if (middlewares.length > 0) {
    at.in('middlewares').error(
      `${middlewares.map(quote).join(', ')} would be passed over: Middlewares are Traefik's, and the way in is ${door.kind} here. Remove them, or write traefik.`,
    );
  }
  if (openPaths.length > 0 && authentication === undefined) {
    at.in('openPaths').error(
      'No login of ours stands before Immich, so that there is nothing to be open past. Remove it.',
    );
  }
}

function checkNoCertificate({ certificate }: Route, reason: string, at: Place): void {
  if (certificate !== undefined) {
    at.in('certificate').error(
      `Nobody would show the certificate ${quote(certificate.name)}. ${reason} Remove it here.`,
    );
  }
}

/** Annotations by which cert-manager makes a certificate of its own: https://cert-manager.io/docs/usage/ingress/ */
const issuing = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'];

function checkIngress(door: DoorOf<'ingress'>, at: Place): void {
  const issuer = issuing.find((name) => Object.hasOwn(door.annotations, name));
  if (issuer !== undefined) {
    at.in('annotations', issuer).error(
      `${quote(door.annotations[issuer])} is asked for a certificate by cert-manager apart from this file. Write route: { certificate: { ${issuer.endsWith('cluster-issuer') ? 'clusterIssuer' : 'issuer'}: ${door.annotations[issuer]} } } instead.`,
    );
  }
  if (programOf(door) === undefined) {
    at.in('class').warning(
      `What the controller of ${quote(door.class)} does is not known here. See that it takes requests of any size, hands them on while they arrive, waits ten minutes for silence, and lets websockets through; Immich's documentation names the settings: https://docs.immich.app/administration/reverse-proxy/`,
    );
  }
}

/** Limits of a Gateway's program that a route cannot lift. */
function checkLimits({ class: program }: DoorOf<'gateway'>, at: Place): void {
  // https://docs.nginx.com/nginx-gateway-fabric/traffic-management/client-settings/
  if (program === 'nginx') {
    at.warning(
      'NGINX Gateway Fabric refuses uploads of more than 1m, which is nearly every video, and no route can lift that. Make a ClientSettingsPolicy with body: { maxSize: "0" } for the Gateway or the HTTPRoute immich.',
    );
  }
  // https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources#configure-backend-timeout
  if (program === 'gke') {
    at.warning(
      "Google's load balancers end what takes longer than 30 seconds, uploads and websockets among it, and no route can lift that. Make a GCPBackendPolicy with timeoutSec: 86400 for the Service immich-server.",
    );
  }
}

function checkTailscale({ hostname }: DoorOf<'tailscale'>, host: string, hasMore: boolean, at: Place): void {
  if (!host.startsWith(`${hostname}.`) || !host.endsWith('.ts.net')) {
    at.in('route', 'tailscale', 'hostname').error(
      `${quote(hostname)} is the machine ${hostname}.<tailnet>.ts.net, and Immich would write ${quote(host)} into its links. Write it as host with the name of your tailnet.`,
    );
  }
  if (hasMore) {
    at.in('hosts').error(
      'A machine of Tailscale has one name, and answers for no other. Remove hosts; network.clients lets in what leads to Immich by another way.',
    );
  }
}
