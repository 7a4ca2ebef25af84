import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const immich = documents(
  server('ports: [{ name: http, containerPort: 2283 }]'),
  `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`,
);

function gateway(className: string): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: envoy-external, namespace: network }
spec: { gatewayClassName: ${className}, listeners: [{ name: http, protocol: HTTP, port: 80 }] }`;
}

function route(rule = '', service = 'immich-server'): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec:
  parentRefs: [{ name: envoy-external, namespace: network }]
  rules: [{ backendRefs: [{ name: ${service}, port: 2283 }]${rule} }]`;
}

function policy(target: string): string {
  return `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: { name: timeouts, namespace: network }
spec: { ${target}, timeout: { http: { requestTimeout: 0s } } }`;
}

const controller = `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: public }
spec: { controllerName: gateway.envoyproxy.io/gatewayclass-controller }`;

const ofGateway = 'targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: envoy-external }]';

test.each<[string, string[], string[]]>([
  ['by the default', [gateway('envoy'), route()], ['warning spec.rules.0']],
  ['of a class that is Envoy', [gateway('public'), controller, route()], ['warning spec.rules.0']],
  ['of a gateway that is not here', [route()], ['info spec.rules.0']],
  [
    'of its own',
    [gateway('envoy'), route(', timeouts: { request: 60s }')],
    ['warning spec.rules.0.timeouts.request'],
  ],
  ['without limit', [gateway('envoy'), route(', timeouts: { request: 0s }')], []],
  ['of ten minutes', [gateway('envoy'), route(', timeouts: { request: 10m }')], []],
  ['of a policy for the gateway', [gateway('envoy'), route(), policy(ofGateway)], []],
  [
    'of a policy that selects gateways',
    [gateway('envoy'), route(), policy('targetSelectors: [{ kind: Gateway }]')],
    [],
  ],
  [
    'of a policy for another gateway',
    [gateway('envoy'), route(), policy(ofGateway.replace('envoy-', ''))],
    ['warning spec.rules.0'],
  ],
  ['of another gateway', [gateway('cilium'), route()], []],
  ['of another program', [gateway('envoy'), route('', 'other')], []],
])('a timeout %s', (_, texts, expected) => {
  expect(said('short-request-timeout', documents(immich, ...texts))).toEqual(expected);
});
