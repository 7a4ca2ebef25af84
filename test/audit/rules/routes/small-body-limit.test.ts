import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const service = `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`;

const ingress = (annotations: string, name = 'nginx') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: immich, namespace: immich, annotations: { ${annotations} } }
spec:
  ingressClassName: ${name}
  rules: [{ http: { paths: [{ path: /, backend: { service: { name: immich-server } } }] } }]`;

const controller = (config: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ingress-nginx, namespace: network }
spec: { chart: { spec: { chart: ingress-nginx } }, values: { controller: { config: { ${config} } } } }`;

const size = (value: string) => `nginx.ingress.kubernetes.io/proxy-body-size: ${value}`;

describe('small-body-limit', () => {
  test.each([
    [size('"0"'), []],
    [size('100m'), ['warning']],
    [
      `${size('100m')}, nginx.ingress.kubernetes.io/server-snippet: "location /metrics { deny all; }"`,
      ['warning'],
    ],
    [`${size('100m')}, nginx.ingress.kubernetes.io/server-snippet: "client_max_body_size 0;"`, []],
    [size('50000M'), []],
    [size('1g'), []],
    [size('900M'), ['warning']],
    ['', ['info']],
    ['nginx.ingress.kubernetes.io/server-snippet: "client_max_body_size 0;"', []],
  ])('%s', (annotations, severities) => {
    const found = said('small-body-limit', documents(server(''), service, ingress(annotations)));
    expect(found.map((one) => one.split(' ')[0])).toEqual(severities);
  });

  test.each([
    ['', ['warning metadata.annotations']],
    ['proxy-body-size: "0"', []],
  ])('a controller with %s', (config, expected) => {
    const manifests = documents(server(''), service, ingress('other: "yes"'), controller(config));
    expect(said('small-body-limit', manifests)).toEqual(expected);
  });

  test('another proxy has other limits', () => {
    expect(said('small-body-limit', documents(server(''), service, ingress('', 'traefik')))).toEqual([]);
  });
});
