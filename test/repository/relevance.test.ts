import { splitDocuments } from '../../lib/repository/manifest-document.ts';
import { type Outline, outline } from '../../lib/repository/outline.ts';
import { Relevance } from '../../lib/repository/relevance.ts';

const immich = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: server\n# immich\n';

/** Whether a document in a file is read whole beside Immich in apps/media/photos/app. */
function isNeeded(file: string, text: string): boolean {
  const all = (at: string, content: string): Outline[] =>
    splitDocuments(at, content).flatMap((document) => outline(document) ?? []);
  const relevance = new Relevance();
  const documents = [...all('apps/media/photos/app/server.yaml', immich), ...all(file, text)];
  for (const one of documents) relevance.add(one);
  return documents.slice(1).every((one) => relevance.isNeeded(one));
}

const flux = (spec: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\n${spec}`;
const list = (resources: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: ${resources}\n`;
const named = (kind: string, more = '') => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: media\n${more}`;

test.each([
  ['a Kustomization that leads there', 'flux/ks.yaml', flux('spec:\n  path: ./apps/media\n'), true],
  ['a Kustomization in flow style', 'flux/ks.yaml', flux('spec: { path: ./apps/media }\n'), true],
  ['a Kustomization that leads elsewhere', 'flux/ks.yaml', flux('spec:\n  path: ./apps/music\n'), false],
  ['a kustomization that lists it', 'cluster/kustomization.yaml', list('\n  - ../apps/media'), true],
  ['a kustomization in flow style', 'cluster/kustomization.yaml', list('[../apps/media]'), true],
  ['a kustomization that lists others', 'cluster/kustomization.yaml', list('[../apps/music]'), false],
  ['a kustomization without a head', 'cluster/kustomization.yaml', 'resources: [../apps/media]\n', true],
  ['a Namespace two folders up', 'apps/media/namespace.yaml', named('Namespace'), true],
  ['a volume elsewhere', 'storage/volumes.yaml', named('PersistentVolume'), true],
  ['a config map elsewhere', 'storage/config.yaml', named('ConfigMap', '  namespace: other\n'), false],
])('%s is read whole, or not', (_, file, text, expected) => {
  expect(isNeeded(file, text)).toBe(expected);
});

test('a Kustomization that leads to an overlay of it is read whole', () => {
  const relevance = new Relevance();
  const documents = [
    { file: 'clusters/main/apps.yaml', text: flux('spec:\n  path: ./overlays/main\n') },
    { file: 'clusters/main/other.yaml', text: flux('spec:\n  path: ./overlays/other\n') },
    { file: 'overlays/main/kustomization.yaml', text: list('[../shared]') },
    { file: 'overlays/shared/kustomization.yaml', text: list('[../../base/photos]') },
    { file: 'base/photos/server.yaml', text: immich },
  ].flatMap(({ file, text }) => splitDocuments(file, text).flatMap((document) => outline(document) ?? []));
  for (const one of documents) relevance.add(one);
  expect(documents.map((one) => relevance.isNeeded(one))).toEqual([true, false, true, true, true]);
});
