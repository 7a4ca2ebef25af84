import type { ControlPlane } from '../control-plane/api-server.ts';
import { Browser } from '../control-plane/browser.ts';
import { established } from '../control-plane/custom-resources.ts';
import { freePorts } from '../control-plane/processes.ts';
import { advisedFlags } from './09-through-ingress.ts';
import { tlsSecret } from './09-through-traefik.ts';
import { objectsOf, sitesOf, synthesized } from './dist.ts';
import { type Door, openDoor } from './door.ts';
import { carriesWhatImmichNeeds } from './transfers.ts';

/** Addresses of Services that are of this machine alone: Traefik asks a Service, as its pods cannot have such addresses. */
const services = '127.83.0.0/24';
const server = '127.83.0.83';

/** Where the Gateways are, which others own. */
const namespace = 'network';

/** Browsers and phones reach Immich through a real Traefik that reads our HTTPRoute, at Gateways of others. */
export function throughGateway(): void {
  describe('9. Through a Gateway', () => {
    const host = 'photos.example.com';
    let door: Door;

    beforeAll(async () => {
      door = await openDoor({
        name: 'gateway',
        host,
        services,
        server: { host: server, port: 2283 },
        prepare: async (plane) => {
          await installGatewayKinds(plane);
          const [ours = 0, control = 0] = await freePorts(2);
          await applyRoute(plane, host, { ours, control });
          return {
            ours: { flags: [...providerOf('ours'), ...advisedFlags()], port: ours },
            control: { flags: providerOf('control'), port: control },
          };
        },
      });
    });

    afterAll(async () => {
      await door?.close();
    });

    test('HTTPS answers with the certificate of the Gateway', async () => {
      const page = await door.browser.get('/api/server/ping');
      expect(page).toMatchObject({ status: 200, body: '/api/server/ping' });
    });

    test('control: another host is not let through by the route', async () => {
      const other = new Browser('other.example.com', door.ours.websecure, door.plane.access.authority);
      const answer = await other.get('/api/server/ping').then(
        ({ status }) => `${status}`,
        () => 'refused',
      );
      expect(['404', 'refused']).toContain(answer);
    });

    carriesWhatImmichNeeds(() => door);
  });
}

/** What a Traefik is told that reads the Gateways of one class, whose listener is the port that it listens on. */
function providerOf(gateway: string): readonly string[] {
  return [
    '--providers.kubernetesgateway=true',
    `--providers.kubernetesgateway.labelselector=run=${gateway}`,
    '--providers.kubernetesgateway.nativelbbydefault=true',
  ];
}

/** The kinds that Traefik watches beside the HTTPRoute, of which it takes what is written here. */
async function installGatewayKinds(plane: ControlPlane): Promise<void> {
  const group = 'gateway.networking.k8s.io';
  const kinds = [
    ['GatewayClass', 'gatewayclasses', 'Cluster', 'v1'],
    ['Gateway', 'gateways', 'Namespaced', 'v1'],
    ['GRPCRoute', 'grpcroutes', 'Namespaced', 'v1'],
    ['TLSRoute', 'tlsroutes', 'Namespaced', 'v1'],
    ['BackendTLSPolicy', 'backendtlspolicies', 'Namespaced', 'v1'],
    ['ReferenceGrant', 'referencegrants', 'Namespaced', 'v1beta1'],
  ] as const;
  for (const [kind, plural, scope, name] of kinds) {
    const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;
    await plane.api.apply({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {
        name: `${plural}.${group}`,
        annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
      },
      spec: {
        group,
        names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
        scope,
        versions: [
          {
            name,
            served: true,
            storage: true,
            schema: { openAPIV3Schema: open },
            subresources: { status: {} },
          },
        ],
      },
    });
  }
  await established(plane.api);
}

/** Applies the HTTPRoute of `home`, the Gateways that it names, and the Service behind it. */
async function applyRoute(
  plane: ControlPlane,
  host: string,
  ports: { readonly [gateway: string]: number },
): Promise<void> {
  const apiVersion = 'gateway.networking.k8s.io/v1';
  for (const name of [namespace, 'immich']) {
    await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  await plane.api.apply(tlsSecret(plane, host, namespace, 'certificate'));
  for (const [name, port] of Object.entries(ports)) {
    await plane.api.apply({
      apiVersion,
      kind: 'GatewayClass',
      metadata: { name, labels: { run: name } },
      spec: { controllerName: 'traefik.io/gateway-controller' },
    });
    await plane.api.apply({
      apiVersion,
      kind: 'Gateway',
      metadata: { name, namespace },
      spec: {
        gatewayClassName: name,
        listeners: [
          {
            name: 'https',
            protocol: 'HTTPS',
            port,
            tls: {
              mode: 'Terminate',
              certificateRefs: [{ group: '', kind: 'Secret', name: 'certificate' }],
            },
            allowedRoutes: { namespaces: { from: 'All' } },
          },
        ],
      },
    });
  }
  await plane.api.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'immich-server', namespace: 'immich' },
    spec: { clusterIP: server, ports: [{ name: 'http', port: 2283 }] },
  });
  const parents = Object.keys(ports).map((name) => ({ name, namespace, section: 'https' }));
  const tree = synthesized('home', { host, route: { gateway: { class: 'traefik', parents } } });
  for (const { object } of sitesOf(tree).flatMap((site) => objectsOf(tree, site))) {
    if (object.kind === 'HTTPRoute') await plane.api.apply(object);
  }
}
