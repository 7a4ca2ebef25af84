import type { Field } from '../../manifests/field.ts';
import { affixesOf } from './affixes.ts';
import { commonMetadata, metadataOf } from './metadata.ts';
import { patchesOf, type ReadText } from './patch.ts';
import { replacementsOf } from './replacement.ts';
import type { Changes } from './transformations.ts';

/** What a kustomization in a folder changes by itself. */
export function changesOfKustomize(field: Field, folder: string, read: ReadText): Changes {
  return {
    namespace: field.at('namespace').text,
    affixes: affixesOf(field),
    metadata: metadataOf(field),
    images: field.at('images').items,
    replicas: field.at('replicas').items,
    patches: patchesOf(field, folder, read),
    replacements: replacementsOf(field, folder, read),
    variables: undefined,
    flux: undefined,
  };
}

/** What a Flux Kustomization changes. */
export function changesOfFlux(field: Field): Changes {
  const spec = field.at('spec');
  return {
    namespace: spec.at('targetNamespace').text,
    affixes: affixesOf(spec),
    metadata: commonMetadata(spec.at('commonMetadata')),
    images: spec.at('images').items,
    replicas: [],
    patches: patchesOf(spec, '', () => undefined),
    replacements: [],
    flux: field.manifest,
    variables: new Map(
      spec
        .at('postBuild', 'substitute')
        .entries.flatMap(([name, { value }]) =>
          typeof value === 'object' || value === undefined ? [] : [[name, String(value)]],
        ),
    ),
  };
}
