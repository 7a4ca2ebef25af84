import { audit } from '../../../../lib/audit/audit.ts';
import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { unknownField } from '../../../../lib/audit/rules/fields/unknown-field.ts';
import { filesOf } from '../../../../lib/files/texts.ts';
import { readRepository } from '../../../../lib/repository/repository.ts';
import { inventoryOf } from '../../example.ts';

const store = (spec: string) => `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec: ${spec}`;

test.each([
  ['a slip of the pen', cluster('imageNames: x'), 'error', 'Write imageName.'],
  [
    'a field at another place',
    store('{ configuration: { destinationPath: s3://b, retentionPolicy: 14d } }'),
    'error',
    'Leave it out, or move it to spec.retentionPolicy.',
  ],
  ['the first part of a name', cluster('postgresq: {}'), 'error', 'Write postgresql.'],
  ['a field that may be newer', cluster('quantumLeap: true'), 'warning', 'Leave it out.'],
  [
    'a field in an item of a list',
    cluster('externalClusters: [{ name: origin, pluginn: { name: x } }]'),
    'error',
    'Write plugin.',
  ],
])('%s is told', (_, text, severity, fix) => {
  expect(told(text)).toMatchObject([{ severity, fix }]);
});

test.each([
  ['parameters of a plugin', cluster('plugins: [{ name: x, parameters: { anything: goes } }]')],
  ['settings of PostgreSQL', cluster('postgresql: { parameters: { max_wal_size: 1GB } }')],
  ['labels', cluster('inheritedMetadata: { labels: { whatever: x } }')],
  ['what sops adds', `${cluster('enablePDB: true')}sops: { mac: x }`],
  ['a name that is filled in later', cluster('"${FIELD}": true')],
  ['null', cluster('nothing: null')],
  [
    'another version of a kind',
    cluster('nothing: 1').replace('postgresql.cnpg.io/v1', 'postgresql.cnpg.io/v2'),
  ],
  ['the Kustomization of somebody else', flux('spec: { pruned: true }')],
])('nothing is said of %s', (_, text) => {
  expect(told(text)).toEqual([]);
});

test('the Kustomization that brings Immich is judged', () => {
  const immich = `# app/server.yaml\n${server('')}`;
  const whole = documents(`# ks.yaml\n${flux('spec: { path: ./app, prunes: true }')}`, immich);
  expect(told(whole)).toMatchObject([{ fix: 'Write prune.' }]);
});

test.each([
  ['OCIRepository', 'url: "oci://charts", reff: { tag: 4.3.0 }', ['Write ref.']],
  ['OCIRepository', 'url: "oci://charts", ref: { tag: 4.3.0 }', []],
  ['HelmRepository', 'url: "https://charts", intervall: 1h', ['Write interval.']],
  ['GitRepository', 'url: "https://charts", ref: { brnch: main }', ['Write branch.']],
])('the %s of its chart is judged: %s', (kind, spec, fixes) => {
  const source = (name: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 1h, ${spec} }`;
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: immich, namespace: immich }
spec:
  interval: 1h
  chart: { spec: { chart: app-template, sourceRef: { kind: ${kind}, name: charts, namespace: flux-system } } }
  values: { controllers: { server: { containers: { app: { image: { repository: ghcr.io/immich-app/immich-server, tag: v3.3.1 } } } } } }`;
  const files = new Map([['immich/all.yaml', documents(source('charts'), source('others'), release)]]);
  const { inventory } = readRepository(filesOf('repository', files));
  expect(audit(inventory, [unknownField]).map(({ fix }) => fix)).toEqual(fixes);
});

test.each([
  [
    '{ metadata: { labels: { app: x } }, spec: { containers: [{ name: pgbouncer, resources: { limits: {} } }] } }',
    [],
  ],
  ['{ spec: { contaners: [] } }', ['Write containers.']],
  ['{ spec: { containers: [{ name: pgbouncer, resource: {} }] } }', ['Write resources.']],
])('the pod template of a Pooler is judged: %s', (template, fixes) => {
  const pooler = `apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: { name: immich, namespace: immich }
spec: { cluster: { name: immich-db }, pgbouncer: { poolMode: session }, template: ${template} }`;
  expect(told(pooler).map(({ fix }) => fix)).toEqual(fixes);
});

function told(text: string) {
  return audit(inventoryOf(text), [unknownField]);
}

function flux(more: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich, namespace: flux-system }
${more}`;
}
