import fc from 'fast-check';
import { toolPath } from './control-plane/tools.ts';
import { objectsOfKustomize, objectsOfReading } from './kustomize/comparison.ts';
import { everything, fixtures, overlay } from './kustomize/fixtures.ts';
import { synthesized } from './scenarios/dist.ts';

const kustomize = toolPath('kustomize', 'kustomize');

test.each(Object.entries(fixtures))('kustomize and the auditor agree: %s', (_, fixture) => {
  expect(objectsOfReading(fixture)).toEqual(objectsOfKustomize(kustomize, fixture));
});

/** Fields of a kustomization that go together in any number. */
const generatedFields = [
  'replicas: [{ name: server, count: 3 }]',
  'images: [{ name: busybox, newName: alpine }, { name: ghcr.io/immich-app/immich-server, newTag: v2.6.0 }]',
  'commonAnnotations: { example.org/owner: me }',
  'labels: [{ pairs: { team: photos }, includeSelectors: true }]',
  'patchesJson6902: [{ target: { group: apps, version: v1, kind: Deployment, name: server }, patch: "- { op: add, path: /spec/paused, value: true }" }]',
  'patches: [{ target: { kind: "Deployment|StatefulSet" }, patch: "- { op: add, path: /metadata/annotations, value: { a: b } }" }]',
];

test('and on any of these fields, in a base and above it', () => {
  const fields = fc.subarray(generatedFields).map((some) => some.join('\n'));
  fc.assert(
    fc.property(fields, fields, fc.boolean(), (upper, lower, isFlat) => {
      const fixture = isFlat ? everything(`${upper}\n`) : overlay(`${upper}\n`, {}, `${lower}\n`);
      expect(objectsOfReading(fixture)).toEqual(objectsOfKustomize(kustomize, fixture));
    }),
    { seed: 14, numRuns: 30 },
  );
});

test.each(['home', 'k3s', 'tachtit'])('kustomize reads %s as the same with a file for each layer', (name) => {
  const layersOf = (files: 'object' | 'layer') => {
    const tree = synthesized(name, { files });
    const tops = [...tree.keys()].flatMap((file) => /^(.*)\/kustomization\.yaml$/.exec(file)?.[1] ?? []);
    return tops.map((top) => [top, objectsOfKustomize(kustomize, { files: Object.fromEntries(tree), top })]);
  };
  const layers = layersOf('layer');
  expect(layers.length).toBeGreaterThan(5);
  expect(layers).toEqual(layersOf('object'));
});
