import { documents, routeThrough, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('authentication-breaks-apps', () => {
  test('a login is right beside a route that goes past it', () => {
    const login = routeThrough('basicAuth: { secret: users }');
    const bypass = `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: apps, namespace: immich }
spec:
  routes:
    - kind: Rule
      match: PathPrefix(\`/api\`) || PathPrefix(\`/.well-known/immich\`)
      services: [{ name: immich-server, port: http }]`;
    expect(said('authentication-breaks-apps', login)).toHaveLength(1);
    expect(said('authentication-breaks-apps', documents(login, bypass))).toEqual([]);
  });

  const login = (match: string) => routeThrough('forwardAuth: { address: http://auth }', match);

  const open = (match: string) => `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: apps, namespace: immich }
spec:
  routes: [{ kind: Rule, match: "${match}", services: [{ name: immich-server, port: http }] }]`;

  test.each([
    ['Host(`a`)', 'Host(`a`) && PathPrefix(`/api`)', 1],
    ['Host(`a`)', 'Host(`a`) && PathRegexp(`^/(api|share)`)', 1],
    ['Host(`a`)', 'Host(`a`) && PathRegexp(`^/(api|.well-known/immich)`)', 0],
    // Another host has no login at all.
    ['Host(`a`)', 'Host(`a.lan`)', 0],
    ['Host(`a`) && !PathPrefix(`/api`)', 'Host(`a`) && PathPrefix(`/api`)', 1],
    ['Host(`a`) && !(PathPrefix(`/api`) || PathPrefix(`/.well-known/immich`))', 'PathPrefix(`/api`)', 0],
    // A login for the web pages alone.
    ['Host(`a`) && PathPrefix(`/photos`)', 'PathPrefix(`/api`)', 0],
  ])('%s behind a login, %s past it', (behind, past, count) => {
    expect(said('authentication-breaks-apps', documents(login(behind), open(past)))).toHaveLength(count);
  });
});

const frontService = `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`;

const ingress = (
  name: string,
  annotations: string,
  ...paths: readonly string[]
) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: immich, annotations: { ${annotations} } }
spec:
  rules: [{ http: { paths: [${paths
    .map((path) => `{ path: ${path}, backend: { service: { name: immich-server, port: { name: http } } } }`)
    .join(', ')}] } }]`;

const nginx = 'nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com/verify"';
const traefik =
  'traefik.ingress.kubernetes.io/router.middlewares: "immich-headers@kubernetescrd,immich-login@kubernetescrd"';

const middlewares = `apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: login, namespace: immich }
spec: { chain: { middlewares: [{ name: headers }, { name: authelia }] } }
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: authelia, namespace: immich }
spec: { forwardAuth: { address: http://auth } }
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: headers, namespace: immich }
spec: { headers: {} }`;

describe('authentication-breaks-apps, by an Ingress', () => {
  const past = (...paths: readonly string[]) => ingress('apps', '', ...paths);

  test.each([
    [nginx, [], 1],
    [nginx, [past('/api')], 1],
    [nginx, [past('/api', '/.well-known/immich')], 0],
    [nginx, [past('/')], 0],
    [traefik, [], 1],
    ['traefik.ingress.kubernetes.io/router.middlewares: immich-headers@kubernetescrd', [], 0],
    [`${nginx}, nginx.ingress.kubernetes.io/configuration-snippet: "if (...) {}"`, [], 0],
    ['other: "yes"', [], 0],
  ])('%s', (annotations, more, count) => {
    const manifests = documents(
      server(''),
      frontService,
      middlewares,
      ingress('immich', annotations, '/'),
      ...more,
    );
    expect(said('authentication-breaks-apps', manifests)).toHaveLength(count);
  });
});

const route = (rules: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec: { rules: [${rules}] }`;

const rule = (more: string) => `{ ${more}, backendRefs: [{ name: immich-server, port: 2283 }] }`;
const filter =
  'filters: [{ type: ExtensionRef, extensionRef: { group: traefik.io, kind: Middleware, name: login } }]';
const apps = 'matches: [{ path: { value: /api } }, { path: { value: /.well-known } }]';

const policy = (target: string) => `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata: { name: login, namespace: immich }
spec: { targetRefs: [{ kind: HTTPRoute, name: immich${target} }], oidc: {} }`;

describe('authentication-breaks-apps, by an HTTPRoute', () => {
  test.each([
    ['a middleware', [route(rule(filter))], 1],
    ['a middleware, and a way past it', [route(`${rule(apps)}, ${rule(filter)}`)], 0],
    ['a policy of Envoy', [route(rule('name: web')), policy('')], 1],
    [
      'a policy of Envoy for one rule',
      [route(`${rule(apps)}, ${rule('name: web')}`), policy(', sectionName: web')],
      0,
    ],
    ['a policy of Envoy for another rule', [route(rule('name: web')), policy(', sectionName: other')], 0],
    ['nothing', [route(rule('name: web'))], 0],
  ])('%s', (_, manifests, count) => {
    const all = documents(server(''), frontService, middlewares, ...manifests);
    expect(said('authentication-breaks-apps', all)).toHaveLength(count);
  });
});

test('a login in a chain of middlewares', () => {
  const chained = documents(
    routeThrough('chain: { middlewares: [{ name: authelia }, { name: headers }] }'),
    middlewares,
  );
  expect(said('authentication-breaks-apps', chained)).toHaveLength(1);
});
