import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const immich = documents(
  server('ports: [{ name: http, containerPort: 2283 }]'),
  `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`,
);

function gateway(listeners: string, namespace = 'network', spec = ''): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: external, namespace: ${namespace} }
spec: { gatewayClassName: traefik, ${spec} listeners: [${listeners}] }`;
}

function route(parents: string, hosts = 'photos.example.com'): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec:
  parentRefs: [${parents}]
  hostnames: ["${hosts}"]
  rules: [{ backendRefs: [{ name: immich-server, port: 2283 }] }]`;
}

const open = 'allowedRoutes: { namespaces: { from: All } }';
const parent = '{ name: external, namespace: network }';
const https = (more: string) => `{ name: https, protocol: HTTPS, port: 443, ${more} }`;
const error = ['error spec.parentRefs.0'];

describe('route-without-listener', () => {
  test.each<[string, string, string, string[]]>([
    ['all namespaces', gateway(https(open)), route(parent), []],
    ['its own alone, as if nothing is said', gateway(https('')), route(parent), error],
    ['its own alone', gateway(https('allowedRoutes: { namespaces: { from: Same } }')), route(parent), error],
    ['its own, which is ours', gateway(https(''), 'immich'), route('{ name: external }'), []],
    [
      'by labels',
      gateway(https('allowedRoutes: { namespaces: { from: Selector, selector: {} } }')),
      route(parent),
      [],
    ],
    [
      'a listener that is there',
      gateway(https(open)),
      route('{ name: external, namespace: network, sectionName: https }'),
      [],
    ],
    [
      'one that is not',
      gateway(https(open)),
      route('{ name: external, namespace: network, sectionName: http }'),
      error,
    ],
    [
      'another port',
      gateway(https(open)),
      route('{ name: external, namespace: network, port: 8443 }'),
      error,
    ],
    [
      'a name that Flux fills in',
      gateway(https(open)),
      route('{ name: external, namespace: network, sectionName: "${LISTENER}" }'),
      [],
    ],
    ['a host of the listener', gateway(https(`${open}, hostname: "*.example.com"`)), route(parent), []],
    ['another host', gateway(https(`${open}, hostname: "*.example.org"`)), route(parent), error],
    [
      'a host that Flux fills in',
      gateway(https(`${open}, hostname: "*.example.org"`)),
      route(parent, 'photos.${DOMAIN}'),
      [],
    ],
    [
      'one of two listeners',
      gateway(`${https('')}, { name: other, protocol: HTTP, port: 80, ${open} }`),
      route(parent),
      [],
    ],
    [
      'listeners of other objects',
      gateway(https(''), 'network', 'allowedListeners: { namespaces: { from: All } },'),
      route(parent),
      [],
    ],
    // It stands in another repository.
    ['a Gateway that is not here', '', route(parent), []],
  ])('%s', (_, listeners, user, expected) => {
    expect(said('route-without-listener', documents(immich, listeners, user))).toEqual(expected);
  });

  test('where another Gateway takes it, the door is not shut', () => {
    const user = route(`${parent}, { name: internal, namespace: network }`);
    const internal = gateway(https(open)).replace('name: external', 'name: internal');
    expect(said('route-without-listener', documents(immich, gateway(https('')), internal, user))).toEqual([
      'warning spec.parentRefs.0',
    ]);
  });

  test('a route to somebody else is none of its business', () => {
    const other = route(parent).replace('immich-server', 'wiki');
    expect(said('route-without-listener', documents(immich, gateway(https('')), other))).toEqual([]);
  });
});
