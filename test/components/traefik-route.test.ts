import { TraefikRoute } from '../../lib/components/traefik-route.ts';
import { traefikTimeout } from '../../lib/components/traefik-timeout.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { edited, home } from '../installation/example.ts';
import { built, installationOf, objectIn } from './built.ts';

function routeOf(section: string): string {
  const {
    route: described,
    namespace,
    host,
  } = installationOf(edited(home, ['certificate: { clusterIssuer: letsencrypt-prod }', section]));
  return built(
    (chart) =>
      new TraefikRoute(chart, 'route', {
        namespace,
        host,
        route: new Checked(described),
        service: { name: 'immich-server', port: 'http' },
      }),
  );
}

const secureRoute = (text: string) => objectIn(text, 'IngressRoute', 'immich').spec;

test('with a certificate of a ClusterIssuer', () => {
  const text = routeOf('certificate: { clusterIssuer: letsencrypt-prod }');
  expect(text).toMatchSnapshot();
  expect(objectIn(text, 'Certificate').spec.secretName).toBe(secureRoute(text).tls.secretName);
});

test('with a certificate of an Issuer', () => {
  const { issuerRef } = objectIn(routeOf('certificate: { issuer: photos }'), 'Certificate').spec;
  expect(issuerRef).toEqual({ group: 'cert-manager.io', kind: 'Issuer', name: 'photos' });
});

test('with a certificate that exists', () => {
  const text = routeOf('certificate: { secret: photos-tls }');
  expect(secureRoute(text).tls).toEqual({ secretName: 'photos-tls' });
  expect(text).not.toContain('kind: Certificate');
});

test("with Traefik's own certificate there is still TLS", () => {
  const text = routeOf('middlewares: []');
  expect(secureRoute(text).tls).toEqual({});
  expect(text).not.toContain('kind: Certificate');
});

test('a login before the web interface leaves the API of the apps open', () => {
  const text = routeOf('authentication: { middleware: authelia }\n  middlewares: [rate-limit]');
  expect(secureRoute(text).routes).toMatchSnapshot();
});

test('what refuses stands before the login', () => {
  const text = routeOf('authentication: { middleware: authelia }\n  middlewares: [office-only]');
  const [, web] = secureRoute(text).routes;
  expect(web.middlewares.map(({ name }: { name: string }) => name)).toEqual([
    'immich-headers',
    'office-only',
    'authelia',
  ]);
});

test('shared links stay past the login only where they are named', () => {
  const matches = (section: string) =>
    secureRoute(routeOf(section)).routes.map(({ match }: { match: string }) => match);
  const [open, web] = matches('authentication: { middleware: authelia }\n  openPaths: [shareLinks]');
  expect(open).toContain('PathPrefix(`/share/`) || PathPrefix(`/s/`)');
  expect(web).toBe('Host(`photos.example.com`)');
  expect(matches('authentication: { middleware: authelia }')[0]).not.toContain('/share/');
});

test('other names of entry points', () => {
  const text = routeOf('traefik: { entryPoints: { web: http, websecure: https } }');
  expect(secureRoute(text).entryPoints).toEqual(['https']);
  expect(objectIn(text, 'IngressRoute', 'immich-redirect').spec.entryPoints).toEqual(['http']);
});

test('every middleware of ours that a route names is there', () => {
  const text = routeOf('certificate: { secret: photos-tls }');
  for (const name of ['immich', 'immich-redirect']) {
    const routes: { middlewares: { name: string }[] }[] = objectIn(text, 'IngressRoute', name).spec.routes;
    for (const { middlewares } of routes) {
      for (const middleware of middlewares) {
        expect(objectIn(text, 'Middleware', middleware.name)).toBeDefined();
      }
    }
  }
});

test('nothing on the way buffers, compresses or limits what is uploaded', () => {
  expect(routeOf('certificate: { secret: photos-tls }')).not.toMatch(
    /buffering|compress|maxRequestBodyBytes|inFlightReq|rateLimit/,
  );
});

test('the read timeout of the Traefik of k3s', () => {
  expect(
    built((chart) => traefikTimeout(chart, { entryPoint: 'websecure', readTimeout: '600s' })),
  ).toMatchSnapshot();
});
