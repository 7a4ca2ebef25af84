import { list } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { choice } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import { type Door, doorKeys, doorOf } from './door.ts';
import { objectName } from './texts.ts';

/** How browsers and phones reach Immich: what holds for every way in, and the one way that is taken. */
export type Route = Omit<Read<typeof routeKeys>, Door['kind']> & { readonly door: Door };

/** Where the TLS certificate comes from. */
export type RouteCertificate =
  | { readonly kind: 'issuer'; readonly issuer: 'ClusterIssuer' | 'Issuer'; readonly name: string }
  | { readonly kind: 'secret'; readonly name: string };

const certificate: Schema<RouteCertificate> = variants<RouteCertificate>({
  clusterIssuer: refine(
    mapping({ clusterIssuer: required(objectName, 'Name of a ClusterIssuer of cert-manager.') }),
    ({ clusterIssuer }) => ({ kind: 'issuer', issuer: 'ClusterIssuer', name: clusterIssuer }),
  ),
  issuer: refine(
    mapping({ issuer: required(objectName, "Name of an Issuer of cert-manager, in Immich's namespace.") }),
    ({ issuer }) => ({ kind: 'issuer', issuer: 'Issuer', name: issuer }),
  ),
  secret: refine(
    mapping({
      secret: required(objectName, 'Name of a Secret with tls.crt and tls.key that exists already.'),
    }),
    ({ secret }) => ({ kind: 'secret', name: secret }),
  ),
});

const routeKeys = mapping({
  certificate: optional(
    certificate,
    "The TLS certificate of the host; default the proxy's own default certificate. A Gateway has its own.",
  ),
  authentication: optional(
    mapping({
      middleware: required(
        objectName,
        "Name of a Traefik Middleware in Immich's namespace, such as a forwardAuth.",
      ),
    }),
    'A login before Immich, by traefik. /api and /.well-known/immich stay open, since the mobile apps need them.',
  ),
  ...doorKeys,
  middlewares: defaulting(
    list(objectName),
    [],
    "Names of further Traefik Middlewares in Immich's namespace, before every request and before the login; by traefik.",
  ),
  openPaths: defaulting(
    list(choice('shareLinks')),
    [],
    'What stays open past the login: shareLinks, the links by which people without an account see an album.',
  ),
});

export const route: Schema<Route> = refine(routeKeys, (keys, at) => {
  const { traefik, gateway, ingress, tailscale, none, ...common } = keys;
  const door = doorOf({ traefik, gateway, ingress, tailscale, none }, at);
  return door && { ...common, door };
});
