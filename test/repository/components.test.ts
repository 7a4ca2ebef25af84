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
