import {
  Certificate,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
} from '@cdk8s/imports-cert-manager';
import {
  IngressRoute,
  type IngressRouteSpecRoutes,
  IngressRouteSpecRoutesKind,
  IngressRouteSpecRoutesServicesPort,
  Middleware,
} from '@cdk8s/imports-traefik';
import type { Construct } from 'constructs';
import type { Route } from '../installation/route.ts';
import { labelsOf } from '../kubernetes/labels.ts';
import { routeName } from '../names.ts';

const redirectName = 'immich-redirect';
const headersName = 'immich-headers';
const issuedSecret = 'immich-tls';

export interface RouteProps {
  readonly namespace: string;
  readonly host: string;
  readonly route: Route;
  readonly service: { readonly name: string; readonly port: string };
}

/** The way in: a certificate, HTTPS to the server, and a redirect from HTTP. */
export function route(scope: Construct, props: RouteProps): void {
  certificate(scope, props);
  headers(scope, props.namespace);
  secureRoute(scope, props);
  redirect(scope, props);
}

/** The Secret with the certificate, in the namespace of the route, where Traefik looks for it. None is Traefik's own. */
function tlsOf({ certificate }: Route): { secretName?: string } {
  if (certificate === undefined) return {};
  return { secretName: certificate.kind === 'secret' ? certificate.name : issuedSecret };
}

function certificate(scope: Construct, { namespace, host, route }: RouteProps): void {
  if (route.certificate?.kind !== 'issuer') return;
  new Certificate(scope, 'certificate', {
    metadata: { name: routeName, namespace, labels: labelsOf(routeName, 'route') },
    spec: {
      secretName: issuedSecret,
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
function headers(scope: Construct, namespace: string): void {
  new Middleware(scope, 'headers', {
    metadata: { name: headersName, namespace, labels: labelsOf(headersName, 'route') },
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

function secureRoute(scope: Construct, { namespace, host, route, service }: RouteProps): void {
  const { authentication, middlewares, traefik } = route;
  const services = [
    { name: service.name, port: IngressRouteSpecRoutesServicesPort.fromString(service.port) },
  ];
  const open = [headersName, ...middlewares];
  const rule = (match: string, names: readonly string[]): IngressRouteSpecRoutes => ({
    kind: IngressRouteSpecRoutesKind.RULE,
    match,
    services,
    middlewares: names.map((name) => ({ name })),
  });
  new IngressRoute(scope, 'route', {
    metadata: { name: routeName, namespace, labels: labelsOf(routeName, 'route') },
    spec: {
      entryPoints: [traefik.entryPoints.websecure],
      tls: tlsOf(route),
      routes:
        authentication === undefined
          ? [rule(hostRule(host), open)]
          : [
              // The mobile apps cannot answer a login page; Immich checks their tokens itself.
              {
                ...rule(
                  `${hostRule(host)} && (PathPrefix(\`/api\`) || PathPrefix(\`/.well-known/immich\`))`,
                  open,
                ),
                priority: 1000,
              },
              { ...rule(hostRule(host), [authentication.middleware, ...open]), priority: 10 },
            ],
    },
  });
}

function redirect(scope: Construct, { namespace, host, route, service }: RouteProps): void {
  new Middleware(scope, 'redirect', {
    metadata: { name: redirectName, namespace, labels: labelsOf(redirectName, 'route') },
    spec: { redirectScheme: { scheme: 'https', permanent: true } },
  });
  new IngressRoute(scope, 'redirect-route', {
    metadata: { name: redirectName, namespace, labels: labelsOf(redirectName, 'route') },
    spec: {
      entryPoints: [route.traefik.entryPoints.web],
      routes: [
        {
          kind: IngressRouteSpecRoutesKind.RULE,
          match: hostRule(host),
          // Lower than what answers an ACME challenge on the same host.
          priority: 1,
          middlewares: [{ name: redirectName }],
          services: [
            { name: service.name, port: IngressRouteSpecRoutesServicesPort.fromString(service.port) },
          ],
        },
      ],
    },
  });
}

function hostRule(host: string): string {
  return `Host(\`${host}\`)`;
}
