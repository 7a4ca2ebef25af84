import { buildKustomizations } from '../../lib/repository/kustomize/build.ts';
import { readManifests, splitDocuments } from '../../lib/repository/manifest-document.ts';

const kustomization = (kind: string, rest: string) =>
  `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: ${kind}\n${rest}\n`;
const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

function names(files: Readonly<Record<string, string>>): string[] {
  const manifests = Object.entries(files).flatMap(([file, text]) =>
    splitDocuments(file, text).flatMap(readManifests),
  );
  return buildKustomizations(manifests, (file) => files[file]).flatMap(
    ({ object: { metadata } }) => metadata?.name ?? [],
  );
}

const component = {
  'part/kustomization.yaml': kustomization('Component', 'namePrefix: pre-\nresources: [claim.yaml]'),
  'part/claim.yaml': object('PersistentVolumeClaim', 'claim'),
};

// As `kubectl kustomize` names them.
test('a component changes its own resources once, and those of the kustomization that has it', () => {
  expect(
    names({
      'kustomization.yaml': kustomization('Kustomization', 'resources: [service.yaml]\ncomponents: [part]'),
      'service.yaml': object('Service', 'server'),
      ...component,
    }),
  ).toEqual(['pre-server', 'pre-claim']);
});

test('a component that nobody has changes its own resources', () => {
  expect(names(component)).toEqual(['pre-claim']);
});

test('what a component replaces is taken from the kustomization that has it, whoever else has it too', () => {
  const application = (name: string) => ({
    [`${name}/kustomization.yaml`]: kustomization(
      'Kustomization',
      `namespace: ${name}\nresources: [cluster.yaml]\ncomponents: [../parts/outer]`,
    ),
    [`${name}/cluster.yaml`]: object('Cluster', `${name}-db`),
  });
  const files: Readonly<Record<string, string>> = {
    ...application('music'),
    ...application('photos'),
    'parts/outer/kustomization.yaml': kustomization('Component', 'components: [../inner]'),
    'parts/inner/kustomization.yaml': kustomization(
      'Component',
      `resources: [backup.yaml]
replacements:
  - source: { kind: Cluster, fieldPath: metadata.name }
    targets: [{ select: { kind: ScheduledBackup, name: backup }, fieldPaths: [spec.cluster.name] }]`,
    ),
    'parts/inner/backup.yaml': `${object('ScheduledBackup', 'backup')}spec: { cluster: { name: $(CLUSTER) } }\n`,
  };
  const manifests = Object.entries(files).flatMap(([file, text]) =>
    splitDocuments(file, text).flatMap(readManifests),
  );
  const backups = buildKustomizations(manifests, (file) => files[file]).filter(
    ({ object: { kind } }) => kind === 'ScheduledBackup',
  );
  expect(backups.map((backup) => [backup.object.metadata?.namespace, backup.object['spec']])).toEqual([
    ['music', { cluster: { name: 'music-db' } }],
    ['photos', { cluster: { name: 'photos-db' } }],
  ]);
});
