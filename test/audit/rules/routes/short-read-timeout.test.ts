import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const service = `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`;

const route = (entryPoints = '') => `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: immich, namespace: immich }
spec:
  ${entryPoints}
  routes: [{ kind: Rule, match: PathPrefix(\`/\`), services: [{ name: immich-server, port: http }] }]`;

const ingress = (spec: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: immich, namespace: immich }
spec:
  ${spec}
  rules: [{ http: { paths: [{ path: /, backend: { service: { name: immich-server, port: { name: http } } } }] } }]`;

const http = (parent: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec: { parentRefs: [{ name: ${parent} }], rules: [{ backendRefs: [{ name: immich-server, port: 2283 }] }] }`;

const release = (values: string, chart = 'chart: { spec: { chart: traefik, version: 39.0.0 } }') =>
  `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: traefik, namespace: traefik }
spec: { ${chart}, values: { ${values} } }`;

const timeout = (value: string) =>
  `ports: { websecure: { transport: { respondingTimeouts: { readTimeout: ${value} } } } }`;

const immich = (...more: readonly string[]) => documents(server(''), service, ...more);

describe('short-read-timeout', () => {
  test.each([
    ['ports: { websecure: { port: 8443 } }', 1],
    ['deployment: { replicas: 2 }', 1],
    [timeout('599s'), 1],
    [timeout('60'), 1],
    [timeout('600s'), 0],
    [timeout('10m'), 0],
    [timeout('0'), 0],
    [timeout('0s'), 0],
    [timeout('1h30m'), 0],
    ['additionalArguments: ["--entryPoints.websecure.transport.respondingTimeouts.readTimeout=600"]', 0],
    ['additionalArguments: ["--entryPoints.websecure.transport.respondingTimeouts.readTimeout=90s"]', 1],
    [
      'env: [{ name: TRAEFIK_ENTRYPOINTS_WEBSECURE_TRANSPORT_RESPONDINGTIMEOUTS_READTIMEOUT, value: 30m }]',
      0,
    ],
    // Another entry point than that of Immich.
    ['ports: { web: { transport: { respondingTimeouts: { readTimeout: 600s } } } }', 1],
  ])('values %s', (values, count) => {
    expect(said('short-read-timeout', immich(route(), release(values)))).toHaveLength(count);
  });

  test.each([
    ['chart: { spec: { chart: traefik, version: 27.0.0 } }', 0],
    ['chart: { spec: { chart: traefik, version: ">=30.0.0" } }', 1],
    ['chartRef: { kind: OCIRepository, name: traefik }', 1],
    ['chart: { spec: { chart: traefik } }, valuesFrom: [{ kind: ConfigMap, name: more }]', 0],
    ['chart: { spec: { chart: other } }', 0],
  ])('%s', (chart, count) => {
    expect(said('short-read-timeout', immich(route(), release('replicas: 1', chart)))).toHaveLength(count);
  });

  test.each([
    ['an IngressRoute', route('entryPoints: [websecure]'), 1],
    ['an IngressRoute of another entry point', route('entryPoints: [slow]'), 0],
    ['an Ingress', ingress('ingressClassName: traefik'), 1],
    ['an Ingress of another proxy', ingress('ingressClassName: nginx'), 0],
    ['an HTTPRoute', http('traefik-gateway'), 1],
    ['an HTTPRoute of another proxy', http('envoy'), 0],
    ['no route to Immich', '', 0],
  ])('%s', (_, way, count) => {
    const values = 'ports: { slow: { transport: { respondingTimeouts: { readTimeout: 0 } } } }';
    const manifests = [way, release(values)].filter((text) => text !== '');
    expect(said('short-read-timeout', immich(...manifests))).toHaveLength(count);
  });

  test.each([
    ['["--providers.kubernetescrd"]', 1],
    ['["--entrypoints.websecure.transport.respondingtimeouts.readtimeout=0"]', 0],
    ['["--configFile=/etc/traefik.yaml"]', 0],
  ])('a container with %s', (args, count) => {
    const traefik = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: traefik, namespace: traefik }
spec: { template: { spec: { containers: [{ name: traefik, image: traefik:v3.6, args: ${args} }] } } }`;
    expect(said('short-read-timeout', immich(route(), traefik))).toHaveLength(count);
  });
});
