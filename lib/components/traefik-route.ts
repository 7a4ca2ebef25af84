import {
  Certificate,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
} from '@cdk8s/imports-cert-manager';
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
import { checkRoute } from '../installation/checks/route.ts';
import { Properties } from '../installation/properties.ts';
import { type Route, route } from '../installation/route.ts';
import { host, label, objectName, servicePort } from '../installation/texts.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { routeName } from '../names.ts';
import type { Checked } from '../schema/checked.ts';

/** What a route is made of. */
export interface TraefikRouteProps {
  /** Namespace of the route and of the Service. */
  readonly namespace: string;
  /** DNS name under which Immich is reached. */
  readonly host: string;
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
    const properties = new Properties(`TraefikRoute "${id}"`);
    const settings = properties.read(route, props.route ?? {}, 'route');
    const described: Described = {
      namespace: properties.read(label, props.namespace, 'namespace'),
      host: properties.read(host, props.host, 'host'),
      name: properties.read(label, props.name ?? routeName, 'name'),
      route: settings,
      service: {
        name: properties.read(objectName, props.service.name, 'service', 'name'),
        port: properties.read(servicePort, props.service.port, 'service', 'port'),
      },
    };
    properties.check(props.route, (at) => checkRoute(described, at));
    this.warnings = properties.warnings;
    this.url = `https://${described.host}`;
    this.certificateSecretName = tlsOf(described).secretName;
    certificate(this, described);
    headers(this, described);
    secureRoute(this, described);
    redirect(this, described);
  }
}

/** What the props of a route come to, once they are read. */
interface Described {
  readonly namespace: string;
  readonly host: string;
  readonly name: string;
  readonly route: Route;
  readonly service: { readonly name: string; readonly port: string | number };
}

const redirectNameOf = (name: string) => `${name}-redirect`;
const headersNameOf = (name: string) => `${name}-headers`;
const issuedSecretOf = (name: string) => `${name}-tls`;

/** The Secret with the certificate, in the namespace of the route, where Traefik looks for it. None is Traefik's own. */
function tlsOf({ name, route: { certificate } }: Described): { secretName?: string } {
  if (certificate === undefined) return {};
  return { secretName: certificate.kind === 'secret' ? certificate.name : issuedSecretOf(name) };
}

function certificate(scope: Construct, { name, namespace, host, route }: Described): void {
  if (route.certificate?.kind !== 'issuer') return;
  new Certificate(scope, 'certificate', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      secretName: issuedSecretOf(name),
      dnsNames: [host],
      issuerRef: { group: 'cert-manager.io', kind: route.certificate.issuer, name: route.certificate.name },
      privateKey: {
        algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA,
        size: 256,
        rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
      },
      revisionHistoryLimit: 1,
      // Not a number of hours: authorities shorten their certificates, and a fixed time would renew without end.
      renewBeforePercentage: 33,
    },
  });
}

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
  const { name, namespace, host, route, service } = described;
  const { authentication, middlewares, traefik } = route;
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
      entryPoints: [traefik.entryPoints.websecure],
      tls: tlsOf(described),
      routes:
        authentication === undefined
          ? [rule(hostRule(host), open)]
          : [
              // The mobile apps cannot answer a login page; Immich checks their tokens itself.
              {
                ...rule(
                  `${hostRule(host)} && (${openPathsOf(route)
                    .map((path) => `PathPrefix(\`${path}\`)`)
                    .join(' || ')})`,
                  open,
                ),
                priority: 1000,
              },
              // What refuses by address or number stands before the login, which it would not shield otherwise.
              { ...rule(hostRule(host), [...open, authentication.middleware]), priority: 10 },
            ],
    },
  });
}

/** Beside the API, what pages of shared links are made of. */
function openPathsOf({ openPaths }: Described['route']): string[] {
  const shared = ['/share/', '/s/', '/_app/', '/service-worker.js', '/custom.css', '/favicon'];
  return ['/api', '/.well-known/immich', ...(openPaths.includes('shareLinks') ? shared : [])];
}

function redirect(scope: Construct, { name: routeName, namespace, host, route, service }: Described): void {
  const name = redirectNameOf(routeName);
  new Middleware(scope, 'redirect', {
    metadata: { name, namespace, labels: ownLabels },
    spec: { redirectScheme: { scheme: 'https', permanent: true } },
  });
  new IngressRoute(scope, 'redirect-route', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      entryPoints: [route.traefik.entryPoints.web],
      routes: [
        {
          kind: IngressRouteSpecRoutesKind.RULE,
          match: hostRule(host),
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

function hostRule(host: string): string {
  return `Host(\`${host}\`)`;
}
