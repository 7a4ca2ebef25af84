import { documents, routeThrough } from '../../../../lib/audit/examples.ts';
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
