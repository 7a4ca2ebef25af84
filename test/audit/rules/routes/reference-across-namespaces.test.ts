import { documents, routeThrough } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

function traefik(values: string, chart = 'traefik'): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: traefik, namespace: traefik }
spec:
  chart: { spec: { chart: ${chart}, version: 39.0.0 } }
  values: { ${values} }`;
}

function route(middleware: string): string {
  return routeThrough('headers: { stsSeconds: 31536000 }').replace(
    'middlewares: [{ name: immich }]',
    middleware,
  );
}

const other = 'middlewares: [{ name: shared, namespace: traefik }]';
const code = ['error spec.routes.0.middlewares.0.namespace'];

test.each<[string, string[], string[]]>([
  ['with the default of the chart', [route(other), traefik('')], code],
  [
    'with the option switched off',
    [route(other), traefik('providers: { kubernetesCRD: { allowCrossNamespace: false } }')],
    code,
  ],
  [
    'with the option',
    [route(other), traefik('providers: { kubernetesCRD: { allowCrossNamespace: true } }')],
    [],
  ],
  [
    'with the argument',
    [route(other), traefik('additionalArguments: [--providers.kubernetescrd.allowCrossNamespace=true]')],
    [],
  ],
  ['without a Traefik that can be seen', [route(other), traefik('', 'other')], []],
  ['in the same namespace', [route('middlewares: [{ name: immich, namespace: immich }]'), traefik('')], []],
  [
    'by the name of a provider',
    [route('middlewares: [{ name: a@file, namespace: traefik }]'), traefik('')],
    [],
  ],
  [
    'beside the Traefik of k3s',
    [
      route(other),
      traefik(''),
      'apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata: { name: traefik, namespace: kube-system }',
    ],
    [],
  ],
])('a middleware of another namespace %s', (_, texts, expected) => {
  expect(said('reference-across-namespaces', documents(...texts))).toEqual(expected);
});
