import { traefikValues } from '../../lib/components/traefik-timeout.ts';
import { type ControlPlane, startApiServer } from '../control-plane/api-server.ts';
import { Browser } from '../control-plane/browser.ts';
import { installCustomResources } from '../control-plane/custom-resources.ts';
import { eventually } from '../control-plane/eventually.ts';
import { type StubServer, startStubServer } from '../control-plane/stub-server.ts';
import { flagsOf, startTraefik, type Traefik } from '../control-plane/traefik.ts';
import { listAt, textAt } from '../control-plane/value.ts';
import { tlsSecret } from './09-through-traefik.ts';
import { objectsOf, sitesOf, synthesized } from './dist.ts';
import { carriesWhatImmichNeeds, shortTimeout, startTransfers, type Transfers } from './transfers.ts';

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
    let plane: ControlPlane;
    let stub: StubServer;
    let ours: Traefik;
    let short: Traefik;
    let browser: Browser;
    let transfers: Transfers;

    beforeAll(async () => {
      plane = await startApiServer('ingress');
      await installCustomResources(plane.api);
      stub = await startStubServer();
      await applyIngress(plane, host, stub.port);
      // What synth tells people to give to the chart.
      const values = { spec: { valuesContent: traefikValues('websecure', '12h') } };
      const flags = flagsOf({ apiVersion: 'helm.cattle.io/v1', kind: 'HelmChartConfig', ...values });
      [ours, short] = await Promise.all([
        startTraefik(plane, 'ingress', [...provider, ...flags]),
        startTraefik(plane, 'ingress-short-timeout', [
          ...provider,
          `--entrypoints.websecure.transport.respondingtimeouts.readtimeout=${shortTimeout}`,
        ]),
      ]);
      const browsers = [ours, short].map(
        ({ websecure }) => new Browser(host, websecure, plane.access.authority),
      );
      for (const each of browsers) {
        await eventually('Traefik serves the Ingress', async () =>
          (await each.get('/api/server/ping')).status === 200 ? true : undefined,
        );
      }
      browser = new Browser(host, ours.websecure, plane.access.authority);
      transfers = startTransfers(browser, new Browser(host, short.websecure, plane.access.authority));
    });

    afterAll(async () => {
      stub?.stop();
      for (const process of [ours?.process, short?.process, plane?.apiServer, plane?.etcd]) {
        await process?.stop();
      }
    });

    test('HTTPS answers with the certificate of our Secret', async () => {
      const page = await browser.get('/api/server/ping');
      expect(page).toMatchObject({ status: 200, body: '/api/server/ping' });
    });

    carriesWhatImmichNeeds(() => ({ browser, transfers }));
  });
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
