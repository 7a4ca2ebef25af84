import { documents, machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said, saidOfReleases } from '../said.ts';

const service = (name: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: immich }
spec: { selector: { app: immich-machine-learning }, ports: [{ port: 3003 }] }`;

const chart = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: other, namespace: immich }
spec: { chart: { spec: { chart: other } } }`;

test.each<[string, string, number]>([
  ['a Service by the name that Immich asks', documents(server(''), service('immich-machine-learning')), 0],
  ['a Service by another name', documents(server(''), service('immich-ml')), 1],
  ['no Service at all', server(''), 1],
  ['an address', server('env: [{ name: IMMICH_MACHINE_LEARNING_URL, value: http://localhost:3003 }]'), 0],
  [
    'machine learning that is switched off',
    server('env: [{ name: IMMICH_MACHINE_LEARNING_ENABLED, value: "false" }]'),
    0,
  ],
  [
    'a configuration file, which may say it',
    server('env: [{ name: IMMICH_CONFIG_FILE, value: /config }]'),
    0,
  ],
  ['a secret that is not here', server('envFrom: [{ secretRef: { name: immich } }]'), 0],
])('%s', (_, manifests, count) => {
  const found = said('machine-learning-not-found', documents(manifests, machineLearning('')));
  expect(found).toHaveLength(count);
});

test('an Immich without machine learning is looked for nowhere', () => {
  expect(said('machine-learning-not-found', server(''))).toEqual([]);
});

test('a chart that is not known may bring the Service', () => {
  const manifests = documents(server(''), machineLearning(''));
  expect(saidOfReleases('machine-learning-not-found', documents(manifests, chart))).toEqual([]);
  expect(saidOfReleases('machine-learning-not-found', manifests)).toHaveLength(1);
});
