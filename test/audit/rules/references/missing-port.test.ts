import { documents, routeThrough, server } from '../../../../lib/audit/examples.ts';
import { said, saidOfReleases } from '../said.ts';

describe('missing-port', () => {
  const service = (port: string) => `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283, targetPort: ${port} }] }`;

  test.each([
    ['http', []],
    ['2283', []],
    ['"2283"', []],
    ['3001', ['error spec.ports.0.targetPort']],
    ['8081', []],
    ['web', ['error spec.ports.0.targetPort']],
  ])('a service whose target is %s', (port, expected) => {
    expect(
      said('missing-port', documents(service(port), server('ports: [{ name: http, containerPort: 2283 }]'))),
    ).toEqual(expected);
  });

  test('a name that is another number than the one at which Immich listens', () => {
    const named = (port: number, more = '') =>
      documents(service('http'), server(`ports: [{ name: http, containerPort: ${port} }]\n${more}`));
    const place = 'error spec.template.spec.containers.0.ports.0.containerPort';
    expect(said('missing-port', named(3001))).toEqual([place]);
    expect(said('missing-port', named(2283))).toEqual([]);
    expect(said('missing-port', named(8081))).toEqual([]);
    expect(said('missing-port', named(3001, 'env: [{ name: IMMICH_PORT, value: "3001" }]'))).toEqual([]);
    expect(said('missing-port', named(3001, 'args: [start]'))).toEqual([]);
  });

  test('a container that names no ports may listen on any number, but on no name', () => {
    expect(said('missing-port', documents(service('2283'), server('')))).toEqual([]);
    expect(said('missing-port', documents(service('http'), server('')))).toEqual([
      'error spec.ports.0.targetPort',
    ]);
  });

  test('a number that is not listed is fine where it is not known what listens', () => {
    const other = server('ports: [{ name: http, containerPort: 2283 }]').replace(
      'containers:',
      'containers:\n        - { name: dns, image: example/dns }',
    );
    expect(said('missing-port', documents(service('53'), other))).toEqual([]);
    expect(
      said('missing-port', documents(service('80'), server('env: [{ name: IMMICH_PORT, value: "80" }]'))),
    ).toEqual([]);
    expect(
      said('missing-port', documents(service('80'), server('envFrom: [{ secretRef: { name: all } }]'))),
    ).toEqual([]);
    expect(said('missing-port', documents(service('80'), server('command: [sh]')))).toEqual([]);
    expect(said('missing-port', documents(service('3001'), server('', '', 'v1.106.4')))).toEqual([]);
    expect(said('missing-port', documents(service('53'), other), { complete: true })).toEqual([
      'error spec.ports.0.targetPort',
    ]);
  });

  test('probes and routes', () => {
    expect(said('missing-port', server('livenessProbe: { httpGet: { path: /, port: web } }'))).toEqual([
      'error spec.template.spec.containers.0.livenessProbe.httpGet.port',
    ]);
    expect(
      said('missing-port', routeThrough('compress: {}').replace('port: http }]', 'port: web }]')),
    ).toEqual(['error spec.routes.0.services.0.port']);
  });

  test("the server's port in Immich's chart, which moved with 0.8.2", () => {
    const release = (version: string, port: number) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: immich, namespace: immich }
spec:
  chart: { spec: { chart: immich, version: "${version}" } }
  values: { image: { tag: v1.116.0 }, immich: { persistence: { library: { existingClaim: library } } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: immich, namespace: immich }
spec:
  defaultBackend: { service: { name: immich-server, port: { number: ${port} } } }`;
    const tell = (...of: Parameters<typeof release>) =>
      saidOfReleases('missing-port', release(...of)).filter((one) => one.includes('Backend'));
    const wrong = ['error spec.defaultBackend.service.port.number'];
    expect(tell('0.8.1', 3001)).toEqual([]);
    expect(tell('0.8.1', 2283)).toEqual(wrong);
    expect(tell('0.8.2', 2283)).toEqual([]);
    expect(tell('0.8.2', 3001)).toEqual(wrong);
    expect(tell('0.9.3', 3001)).toEqual(wrong);
    expect(tell('0.x', 3001)).toEqual([]);
    expect(tell('0.10.0', 3001)).toEqual(wrong);
  });

  test('of several services of one name it is not known which one is meant', () => {
    const app = (port: number) => `apiVersion: v1
kind: Service
metadata: { name: immich-server }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: ${port} }] }`;
    const route = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: immich }
spec: { defaultBackend: { service: { name: immich-server, port: { number: 2283 } } } }`;
    const immich = server('').replace(', namespace: immich', '');
    const tell = (...ports: number[]) =>
      said('missing-port', documents(immich, ...ports.map(app), route)).filter(
        (one) => one.includes('backend') || one.includes('Backend'),
      );
    expect(tell(2283, 8083)).toEqual([]);
    expect(tell(8083, 8083)).toEqual(['error spec.defaultBackend.service.port.number']);
    expect(tell(8083)).toEqual(['error spec.defaultBackend.service.port.number']);
  });
});
