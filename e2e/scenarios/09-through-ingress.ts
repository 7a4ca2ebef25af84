import { traefikValues } from '../../lib/components/traefik-timeout.ts';
import type { ControlPlane } from '../control-plane/api-server.ts';
import { flagsOf } from '../control-plane/traefik.ts';
import { listAt, textAt } from '../control-plane/value.ts';
import { tlsSecret } from './09-through-traefik.ts';
import { objectsOf, sitesOf, synthesized } from './dist.ts';
import { type Door, openDoor } from './door.ts';
import { carriesWhatImmichNeeds } from './transfers.ts';

/** What a Traefik reads that is a controller of Ingresses. */
const provider = [
  '--providers.kubernetesingress=true',
  // The API server refuses loopback addresses in EndpointSlices; a name that is one stands in.
  '--providers.kubernetesingress.allowExternalNameServices=true',
  // As its Helm chart has it: https://github.com/traefik/traefik-helm-chart/blob/master/traefik/values.yaml
  '--entrypoints.websecure.http.tls=true',
];

/** Browsers and phones reach Immich through a real Traefik that reads our Ingress. */
export function throughIngress(): void {
  describe('9. Through an Ingress', () => {
    const host = 'photos.example.com';
    let door: Door;

    beforeAll(async () => {
      door = await openDoor({
        name: 'ingress',
        host,
        prepare: async (plane, port) => {
          await applyIngress(plane, host, port);
          return { ours: { flags: [...provider, ...advisedFlags()] }, control: { flags: provider } };
        },
      });
    });

    afterAll(async () => {
      await door?.close();
    });

    test('HTTPS answers with the certificate of our Secret', async () => {
      const page = await door.browser.get('/api/server/ping');
      expect(page).toMatchObject({ status: 200, body: '/api/server/ping' });
    });

    carriesWhatImmichNeeds(() => door);
  });
}

/** What synth tells people to give to the chart of a Traefik that is not ours. */
export function advisedFlags(): readonly string[] {
  const values = { spec: { valuesContent: traefikValues('websecure', '12h') } };
  return flagsOf({ apiVersion: 'helm.cattle.io/v1', kind: 'HelmChartConfig', ...values });
}

/** Applies the Ingress of `home`, and what it expects to be there. */
async function applyIngress(plane: ControlPlane, host: string, port: number): Promise<void> {
  const tree = synthesized('home', {
    host,
    route: { certificate: { clusterIssuer: 'letsencrypt-prod' }, ingress: { class: 'traefik' } },
  });
  const namespace = 'immich';
  await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await plane.api.apply({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'traefik' },
    spec: { controller: 'traefik.io/ingress-controller' },
  });
  await plane.api.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'immich-server', namespace },
    spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ name: 'http', port }] },
  });
  for (const { object } of sitesOf(tree).flatMap((site) => objectsOf(tree, site))) {
    if (object.kind !== 'Ingress') continue;
    const [{ secretName = '' } = {}] = listAt(object, 'spec', 'tls').map((one) => ({
      secretName: textAt(one, 'secretName'),
    }));
    await plane.api.apply(tlsSecret(plane, host, namespace, secretName));
    await plane.api.apply(object);
  }
}
