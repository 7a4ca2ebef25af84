import { parse } from 'yaml';
import { planOf } from '../../lib/plan/plan.ts';
import { drillTrafficOf, trafficOf } from '../../lib/plan/traffic.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { installationOf } from '../components/built.ts';
import { type Edit, edited, errorsIn, home, warningsIn } from './example.ts';

const s3 = 's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }';
const opened = (store: string, ...edits: Edit[]) => edited(home, [s3, store], ...edits);
const role = 's3: { bucket: immich-backups, inheritFromIAMRole: true }';
const google = 'gcs: { bucket: immich-backups, gkeEnvironment: true }';
const azure =
  'azure: { destinationPath: "https://photos.blob.core.windows.net/immich", inheritFromAzureAD: true }';

const identity = (keys: string): Edit => ['cnpg:\n', `cnpg:\n    workloadIdentity: ${keys}\n`];
const ofDrill = (keys: string): Edit => [
  'backup:\n',
  `backup:\n      drill: { workloadIdentity: ${keys} }\n`,
];
const amazon = (name: string) =>
  `{ annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/${name}" } }`;

const about = (warnings: readonly string[]) => warnings.filter((one) => one.includes('workloadIdentity'));

function metadataEdges(text: string): string[] {
  const plan = planOf(installationOf(text));
  const drill = plan.drill === undefined ? [] : drillTrafficOf(plan.installation, plan.drill).edges;
  return [...trafficOf(plan, 'home').edges, ...drill].flatMap(({ from, to, ports }) =>
    to.kind === 'addresses' && to.name.includes('metadata')
      ? to.ranges.map((range) => `${from.name} -> ${range} ${ports.map(({ port }) => port).join()}`)
      : [],
  );
}

test.each([
  ['Amazon', role, ['169.254.169.254/32 80', '169.254.170.23/32 80']],
  ['Azure', azure, ['169.254.169.254/32 80', '169.254.170.23/32 80']],
  ['Google', google, ['169.254.169.254/32 80', '169.254.170.23/32 80', '169.254.169.252/32 988']],
])('the database and the drill ask %s who they are', (_what, store, ends) => {
  expect(metadataEdges(opened(store))).toEqual(
    ['immich-db', 'immich-drill-db'].flatMap((pods) => ends.map((end) => `${pods} -> ${end}`)),
  );
});

test('nobody asks who they are where a Secret opens the store', () => {
  expect(metadataEdges(home)).toEqual([]);
});

describe('what is written', () => {
  const { files, problems } = synthesize(
    new Map([['x.yaml', opened(role, identity(amazon('write')), ofDrill(amazon('read')))]]),
  );
  const texts = [...(files ?? [])];
  const textOf = (end: string) => texts.find(([file]) => file.endsWith(end))?.[1] ?? '';

  test('becomes annotations of the ServiceAccount, for the database and for the drill each its own', () => {
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(parse(textOf('/database/cluster.immich-db.yaml')).spec.serviceAccountTemplate).toEqual({
      metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/write' } },
    });
    const drill = parse(parse(textOf('/drill/configmap.immich-drill.yaml')).data['cluster.yaml']);
    expect(drill.spec.serviceAccountTemplate).toEqual({
      metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/read' } },
    });
  });

  test('stands in the runbook with what it must be allowed, and no Secret is spoken of', () => {
    const runbook = textOf('RUNBOOK.md');
    expect(runbook).toContain(
      '`immich/immich-db`, by `eks.amazonaws.com/role-arn: arn:aws:iam::1:role/write`: it needs `s3:GetObject`, `s3:ListBucket`, `s3:GetBucketLocation`, `s3:PutObject`, `s3:DeleteObject` on the bucket `immich-backups`.',
    );
    expect(runbook).toContain(
      '`immich-drill/immich-drill-db`, by `eks.amazonaws.com/role-arn: arn:aws:iam::1:role/read`: it needs `s3:GetObject`, `s3:ListBucket`, `s3:GetBucketLocation` on the bucket `immich-backups` and nothing else.',
    );
    expect(runbook).not.toContain('The Secret of the drill');
  });
});

test('labels go to the pods', () => {
  const keys =
    '{ annotations: { azure.workload.identity/client-id: x }, podLabels: { azure.workload.identity/use: "true" } }';
  const { files } = synthesize(new Map([['x.yaml', opened(azure, identity(keys))]]));
  const [, text = ''] = [...(files ?? [])].find(([file]) => file.endsWith('cluster.immich-db.yaml')) ?? [];
  expect(parse(text).spec.inheritedMetadata).toEqual({ labels: { 'azure.workload.identity/use': 'true' } });
});

test('without one the runbook says what else may tell the cloud who the pods are', () => {
  const { files } = synthesize(new Map([['x.yaml', opened(google)]]));
  const [, runbook = ''] = [...(files ?? [])].find(([file]) => file.endsWith('RUNBOOK.md')) ?? [];
  expect(runbook).toContain(
    '`immich/immich-db`, by an association that the cloud keeps itself, or by the identity of the node: the installation file has no `workloadIdentity`: it needs the role `roles/storage.objectAdmin` on the bucket `immich-backups`.',
  );
});

test('an annotation of Azure without the label of the pods does nothing', () => {
  const keys = '{ annotations: { azure.workload.identity/client-id: x } }';
  expect(errorsIn(opened(azure, identity(keys)))).toEqual([
    '10:75: database.cnpg.workloadIdentity.annotations["azure.workload.identity/client-id"]: "azure.workload.identity/client-id" does nothing without a label of the pods. Write podLabels: { azure.workload.identity/use: "true" } beside annotations.',
  ]);
});

test('an identity that nothing uses, and one that the drill shares, are warnings', () => {
  expect(about(warningsIn(edited(home, identity(amazon('write')))))).toEqual([
    expect.stringContaining('No store is opened with an identity of the pods.'),
  ]);
  expect(about(warningsIn(opened(role, identity(amazon('write')))))).toEqual([
    expect.stringContaining('The restore drill opens the store with the same identity, which may write.'),
  ]);
  expect(about(warningsIn(opened(role, identity(amazon('write')), ofDrill(amazon('read')))))).toEqual([]);
  expect(about(warningsIn(opened(role)))).toEqual([]);
});
