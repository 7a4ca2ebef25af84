import fc from 'fast-check';
import { toolPath } from './control-plane/tools.ts';
import { objectsOfKustomize, objectsOfReading } from './kustomize/comparison.ts';
import { fixtures } from './kustomize/fixtures.ts';
import { everything, overlay } from './kustomize/objects.ts';

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
