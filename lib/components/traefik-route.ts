import {
  IngressRoute,
  type IngressRouteSpecRoutes,
  IngressRouteSpecRoutesKind,
  type IngressRouteSpecRoutesServices,
  IngressRouteSpecRoutesServicesPort,
  Middleware,
} from '@cdk8s/imports-traefik';
import { Construct } from 'constructs';
import type { RouteSection } from '../../imports/sections.ts';
import type { DoorOf } from '../installation/door.ts';
import { Properties } from '../installation/properties.ts';
import type { Route } from '../installation/route.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';
import { type DescribedRoute, describedRoute } from './described-route.ts';
import { certificateSecretOf, routeCertificate } from './route-certificate.ts';

/** What a route is made of. */
export interface TraefikRouteProps {
  /** Namespace of the route and of the Service. */
  readonly namespace: string;
  /** DNS name under which Immich is reached. */
  readonly host: string;
  /**
   * Further DNS names.
   * @default []
   */
  readonly hosts?: readonly string[];
  /** The Service behind it, and its port by name or number: the handles `name` and `port` of `ImmichServer`. */
  readonly service: { readonly name: string; readonly port: string | number };
  /**
   * Name of the IngressRoute and the certificate; what else the route needs is named after it.
   * @default immich
   */
  readonly name?: string;
  /**
   * The section `route` of an installation file. Of its `traefik`, only `entryPoints` says something of a route.
   * @default {}, with Traefik's own certificate
   */
  readonly route?: RouteSection | Checked<Route>;
}

/**
 * The way in: a certificate, HTTPS to the server, and a redirect from HTTP.
 *
 * @example
 * const service = { name: server.name, port: server.port };
 * const route = { certificate: { clusterIssuer: 'letsencrypt' } };
 * new TraefikRoute(chart, 'route', { namespace: 'photos', host: 'photos.example.com', service, route });
 */
export class TraefikRoute extends Construct {
  /** What a browser and a phone are given. */
  readonly url: string;
  /** The Secret with the certificate; undefined with Traefik's own. */
  readonly certificateSecretName: string | undefined;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: TraefikRouteProps) {
    super(scope, id);
    const properties = new Properties(`TraefikRoute ${quote(id)}`);
    const described = describedRoute(properties, props, 'traefik');
    this.warnings = properties.warnings;
    const { name, route } = described;
    this.url = `https://${props.host}`;
    this.certificateSecretName = certificateSecretOf(name, route.certificate);
    routeCertificate(this, { ...described, certificate: route.certificate });
    headers(this, described);
    secureRoute(this, described);
    redirect(this, described);
  }
}

type Described = DescribedRoute<DoorOf<'traefik'>>;

const redirectNameOf = (name: string) => `${name}-redirect`;
const headersNameOf = (name: string) => `${name}-headers`;

/** Headers for the browser. Nothing here buffers, compresses or limits: that would break uploads and the apps. */
function headers(scope: Construct, { name: route, namespace }: Described): void {
  const name = headersNameOf(route);
  new Middleware(scope, 'headers', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      headers: {
        stsSeconds: 31_536_000,
        contentTypeNosniff: true,
        referrerPolicy: 'strict-origin-when-cross-origin',
        customFrameOptionsValue: 'SAMEORIGIN',
      },
    },
  });
}

function secureRoute(scope: Construct, described: Described): void {
  const { name, namespace, hosts, route, door, service } = described;
  const { authentication, middlewares } = route;
  const secretName = certificateSecretOf(name, route.certificate);
  const services = [servicesOf(service)];
  const open = [headersNameOf(name), ...middlewares];
  const rule = (match: string, names: readonly string[]): IngressRouteSpecRoutes => ({
    kind: IngressRouteSpecRoutesKind.RULE,
    match,
    services,
    middlewares: names.map((name) => ({ name })),
  });
  new IngressRoute(scope, 'route', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      entryPoints: [door.entryPoints.websecure],
      tls: secretName === undefined ? {} : { secretName },
      routes:
        authentication === undefined
          ? [rule(hostRule(hosts), open)]
          : [
              // The mobile apps cannot answer a login page; Immich checks their tokens itself.
              {
                ...rule(
                  `${alone(hostRule(hosts))} && (${openPathsOf(route)
                    .map((path) => `PathPrefix(\`${path}\`)`)
                    .join(' || ')})`,
                  open,
                ),
                priority: 1000,
              },
              // What refuses by address or number stands before the login, which it would not shield otherwise.
              { ...rule(hostRule(hosts), [...open, authentication.middleware]), priority: 10 },
            ],
    },
  });
}

/** Beside the API, what pages of shared links are made of. */
function openPathsOf({ openPaths }: Described['route']): string[] {
  const shared = ['/share/', '/s/', '/_app/', '/service-worker.js', '/custom.css', '/favicon'];
  return ['/api', '/.well-known/immich', ...(openPaths.includes('shareLinks') ? shared : [])];
}

function redirect(scope: Construct, { name: routeName, namespace, hosts, door, service }: Described): void {
  const name = redirectNameOf(routeName);
  new Middleware(scope, 'redirect', {
    metadata: { name, namespace, labels: ownLabels },
    spec: { redirectScheme: { scheme: 'https', permanent: true } },
  });
  new IngressRoute(scope, 'redirect-route', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      entryPoints: [door.entryPoints.web],
      routes: [
        {
          kind: IngressRouteSpecRoutesKind.RULE,
          match: hostRule(hosts),
          // Lower than what answers an ACME challenge on the same host.
          priority: 1,
          middlewares: [{ name }],
          services: [servicesOf(service)],
        },
      ],
    },
  });
}

function servicesOf({ name, port }: Described['service']): IngressRouteSpecRoutesServices {
  const { fromString, fromNumber } = IngressRouteSpecRoutesServicesPort;
  return { name, port: typeof port === 'number' ? fromNumber(port) : fromString(port) };
}

function hostRule(hosts: readonly string[]): string {
  return hosts.map((host) => `Host(\`${host}\`)`).join(' || ');
}

/** A rule as a part of a longer one. */
function alone(rule: string): string {
  return rule.includes('||') ? `(${rule})` : rule;
}
