import { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { folderOf, isKustomizeFile } from '../../manifests/views/layer.ts';
import { namesOf } from './affixes.ts';
import { Chains } from './chains.ts';
import { generateObjects } from './generators.ts';
import { patchFiles, type ReadText } from './patch.ts';
import { type Built, withReferences } from './references.ts';
import { ReplacementState } from './replacement-state.ts';
import { applyChanges } from './transformations.ts';

/**
 * The manifests as they are applied: in the namespace, with the images, patches and variables that the
 * kustomizations and Flux Kustomizations above them give, and with the objects that kustomizations generate.
 * A manifest that several of them apply to several namespaces comes several times.
 */
export function buildKustomizations(manifests: readonly Manifest[], read: ReadText): Manifest[] {
  const kustomizations = new Map<string, Field>();
  for (const manifest of manifests) {
    if (isKustomizeFile(manifest)) {
      kustomizations.set(folderOf(manifest.file), Field.of(manifest));
    }
  }
  const chains = new Chains(kustomizations, manifests, read);
  const patches = new Set([...kustomizations].flatMap(([folder, field]) => patchFiles(field, folder)));
  const all = [
    ...manifests.map((manifest) => ({ manifest, at: manifest.file })),
    ...[...kustomizations].flatMap(([folder, field]) =>
      generateObjects(field, read).map((manifest) => ({ manifest, at: `${folder}/` })),
    ),
  ];
  let left = mostObjects;
  const followed = all.map(({ manifest, at }) => {
    const isObject = !isKustomizeFile(manifest) && !patches.has(manifest.file);
    const ways = isObject ? chains.above(at).slice(0, Math.max(1, left)) : [];
    left -= ways.length;
    return { manifest, ways };
  });
  const replaced = new ReplacementState(
    followed.flatMap(({ manifest, ways }) => ways.map((chain) => ({ manifest, chain }))),
  );
  const built = followed.flatMap(({ manifest, ways }): Built[] => {
    if (isKustomizeFile(manifest)) {
      return [{ manifest, build: undefined, names: [] }];
    }
    return distinct(
      ways.flatMap((chain) => {
        const applied = applyChanges(manifest, chain, replaced);
        return applied === undefined
          ? []
          : {
              manifest: applied,
              // The changes that come last stand for the kustomization at the top.
              build: chain[chain.length - 1],
              names: namesOf(manifest, chain),
            };
      }),
    );
  });
  return withReferences(built);
}

/** The most objects that are made of a folder, so that a hostile one cannot fill the memory. */
const mostObjects = 200_000;

/** Without those that differ in nothing that tells objects apart. */
function distinct(all: readonly Built[]): Built[] {
  const seen = new Map<string, Built>();
  for (const built of all) {
    const { kind, metadata } = built.manifest.object;
    const id = `${kind}/${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
    if (!seen.has(id)) {
      seen.set(id, built);
    }
  }
  return [...seen.values()];
}
