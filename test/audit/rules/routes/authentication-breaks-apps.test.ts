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
});
