import type { ControlPlane } from '../control-plane/api-server.ts';
import { flagsOf } from '../control-plane/traefik.ts';
import { textAt } from '../control-plane/value.ts';
import { objectsOf, sitesOf, synthesized } from './dist.ts';
import { type Door, openDoor } from './door.ts';
import { carriesWhatImmichNeeds } from './transfers.ts';

/** Browsers and phones reach Immich through a real Traefik that reads our route. */
export function throughTraefik(): void {
  describe('9. Through Traefik', () => {
    const host = 'photos.example.com';
    let door: Door;

    beforeAll(async () => {
      door = await openDoor({
        name: 'traefik',
        host,
        prepare: async (plane, port) => ({
          ours: { flags: await applyRoute(plane, host, port) },
          control: { flags: [] },
        }),
      });
    });

    afterAll(async () => {
      await door?.close();
    });

    test('HTTPS answers with the certificate of our Secret and the security headers', async () => {
      const page = await door.browser.get('/api/server/ping');
      expect(page.body).toBe('/api/server/ping');
      expect(page.headers).toMatchObject({
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'strict-origin-when-cross-origin',
      });
    });

    test('HTTP is redirected to HTTPS', async () => {
      expect(await door.browser.plain(door.ours.web, '/photos')).toMatchObject({
        status: 301,
        headers: { location: `https://${host}/photos` },
      });
    });

    test('a login before Immich leaves /api open to the mobile apps', async () => {
      expect((await door.browser.get('/photos')).status).toBe(401);
      expect((await door.browser.get('/api/assets')).status).toBe(200);
      expect((await door.browser.get('/.well-known/immich')).status).toBe(200);
    });

    carriesWhatImmichNeeds(() => door);
  });
}

/** Applies the route layer of `home`, with a login, and what it expects to be there; gives Traefik's configuration. */
async function applyRoute(plane: ControlPlane, host: string, port: number): Promise<readonly string[]> {
  const tree = synthesized('home', {
    host,
    route: {
      certificate: { clusterIssuer: 'letsencrypt-prod' },
      authentication: { middleware: 'login' },
      traefik: { k3s: true },
    },
  });
  const objects = sitesOf(tree)
    .flatMap((site) => objectsOf(tree, site))
    .map(({ object }) => object);
  const namespace = 'immich';
  await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const flags: string[] = [];
  for (const object of objects) {
    if (['IngressRoute', 'Middleware', 'Certificate'].includes(object.kind)) {
      await plane.api.apply(object);
    }
    if (object.kind === 'Certificate') {
      await plane.api.apply(tlsSecret(plane, host, namespace, textAt(object, 'spec', 'secretName')));
    }
    if (object.kind === 'HelmChartConfig') {
      flags.push(...flagsOf(object));
    }
  }
  await plane.api.apply({
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    metadata: { name: 'login', namespace },
    // Lets nobody in.
    spec: { basicAuth: { secret: 'nobody' } },
  });
  await plane.api.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'nobody', namespace },
    stringData: { users: 'nobody:$2y$05$qI0gVb6yy3d8FO0HOyOuEe6bZBSt0DYb3b/eGGpgOVAOuSbUy6Zrm' },
  });
  await plane.api.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'immich-server', namespace },
    spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ name: 'http', port }] },
  });
  return flags;
}

/** What cert-manager makes of our Certificate. */
export function tlsSecret(plane: ControlPlane, host: string, namespace: string, name: string) {
  const { certificate, key } = plane.authority.server([host], []);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { name, namespace },
    stringData: { 'tls.crt': certificate, 'tls.key': key },
  };
}
