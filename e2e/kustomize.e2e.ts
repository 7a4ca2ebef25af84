import fc from 'fast-check';
import { toolPath } from './control-plane/tools.ts';
import { objectsOfKustomize, objectsOfReading } from './kustomize/comparison.ts';
import { fixtures } from './kustomize/fixtures.ts';
import type { Fixture } from './kustomize/objects.ts';
import { kustomizations } from './kustomize/random.ts';
import { synthesized } from './scenarios/dist.ts';

const kustomize = toolPath('kustomize', 'kustomize');

test.each(Object.entries(fixtures))('kustomize and the auditor agree: %s', (_, fixture) => {
  expect(objectsOfReading(fixture)).toEqual(objectsOfKustomize(kustomize, fixture));
});

test('and on any fields in any tree, where kustomize builds it at all', () => {
  const built = fc.sample(kustomizations, { seed: 14, numRuns: 40 }).filter((fixture) => {
    const objects = builtOrRefused(fixture);
    if (objects !== undefined) expect(objectsOfReading(fixture)).toEqual(objects);
    return objects !== undefined;
  });
  expect(built.length).toBeGreaterThan(20);
});

/** Undefined for what kustomize refuses, such as a patch of what another one has taken away. */
function builtOrRefused(fixture: Fixture): string[] | undefined {
  try {
    return objectsOfKustomize(kustomize, fixture);
  } catch {
    return undefined;
  }
}

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
