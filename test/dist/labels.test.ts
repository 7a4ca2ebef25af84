import type { Value } from '../../lib/manifests/manifest.ts';
import { committedInstallations, committedObjects } from './committed.ts';

/** Who reads each label of dist. */
const readers: readonly { readonly label: RegExp; readonly reader: string }[] = [
  { label: /^app\.kubernetes\.io\/name$/, reader: 'selectors of our own objects, and kubectl logs' },
  { label: /^app\.kubernetes\.io\/part-of$/, reader: 'kubectl get and scale in the runbook' },
  { label: /^immich-cdk8s\/data$/, reader: 'the delete guard' },
  { label: /^pod-security\.kubernetes\.io\//, reader: 'Pod Security admission' },
  { label: /^recurring-job(-group)?\.longhorn\.io\//, reader: 'Longhorn' },
];

/** The labels of each object and pod template. */
function labelsIn(value: Value | undefined): readonly { readonly [label: string]: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key === 'labels' && isLabels(below) ? [below] : labelsIn(below),
  );
}

function isLabels(value: unknown): value is { readonly [label: string]: string } {
  return typeof value === 'object' && value !== null && Object.values(value).every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function withoutReader(value: Value): readonly string[] {
  return labelsIn(value)
    .flatMap((labels) => Object.keys(labels))
    .filter((label) => !readers.some((known) => known.label.test(label)));
}

test.each(committedInstallations)('%s has no label that nothing reads', (installation) => {
  for (const { file, object } of committedObjects(installation)) {
    expect([file, withoutReader(object)]).toEqual([file, []]);
  }
});

test('a label that nothing reads is seen, on objects and on pods', () => {
  const idle = { 'app.kubernetes.io/managed-by': 'immich-cdk8s' };
  expect(withoutReader({ metadata: { labels: idle } })).toEqual(Object.keys(idle));
  const pod = { spec: { template: { metadata: { labels: { ...idle, 'app.kubernetes.io/name': 'a' } } } } };
  expect(withoutReader(pod)).toEqual(Object.keys(idle));
});

test('the names of pods stand on nothing else', () => {
  const files = committedInstallations
    .flatMap(committedObjects)
    .filter(({ object }) => object.metadata?.labels?.['app.kubernetes.io/name'] !== undefined)
    .map(({ file }) => file);
  expect(files).toEqual([]);
});
