import { documents, routeThrough, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

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
});
