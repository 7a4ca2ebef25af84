import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { isRemote, joinPath } from '../../manifests/views/layer.ts';
import { type AddedMetadata, commonMetadata, metadataOf } from './metadata.ts';
import { type Patches, patchesOf, type ReadText } from './patch.ts';
import { type Replacement, replacementsOf } from './replacement.ts';

/** What a kustomization does to its resources. */
export interface Changes {
  readonly patches: Patches;
  readonly namespace: string | undefined;
  readonly prefix: string;
  readonly suffix: string;
  /** The labels and annotations that are put on everything. */
  readonly metadata: readonly AddedMetadata[];
  /** How many pods workloads get, by their names. */
  readonly replicas: readonly Field[];
  readonly images: readonly Field[];
  readonly replacements: readonly Replacement[];
  /** What else changes resources, in a way that is not followed; undefined when nothing does. */
  readonly unknown: string | undefined;
  /** The variables whose values are written where `$(NAME)` stands. */
  readonly variables: readonly string[];
}

/** What Flux does to what kustomize has built. */
export interface Finish {
  readonly flux: Manifest;
  readonly metadata: readonly AddedMetadata[];
  readonly variables: ReadonlyMap<string, string>;
}

/** What a kustomization in a folder changes by itself. */
export function changesOfKustomize(field: Field, folder: string, read: ReadText): Changes {
  return {
    patches: patchesOf(field, folder, read),
    namespace: field.at('namespace').text,
    prefix: field.at('namePrefix').text ?? '',
    suffix: field.at('nameSuffix').text ?? '',
    metadata: metadataOf(field),
    replicas: field.at('replicas').items,
    images: field.at('images').items,
    replacements: replacementsOf(field, folder, read),
    unknown: unknownIn(field, folder),
    variables: field.at('vars').items.flatMap((entry) => entry.at('name').text ?? []),
  };
}

/**
 * The changes of a kustomization with those that Flux writes into it before it builds.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#working-with-kustomizations
 */
export function withFlux(changes: Changes | undefined, flux: Field): Changes {
  const spec = flux.at('spec');
  const own = patchesOf(spec, '', () => undefined);
  const images = spec.at('images').items;
  const named = new Set(images.map((one) => one.at('name').text));
  return {
    ...(changes ?? nothing),
    patches: {
      first: [...(changes?.patches.first ?? []), ...own.first],
      late: [...(changes?.patches.late ?? []), ...own.late],
    },
    namespace: spec.at('targetNamespace').text ?? changes?.namespace,
    prefix: spec.at('namePrefix').text ?? changes?.prefix ?? '',
    suffix: spec.at('nameSuffix').text ?? changes?.suffix ?? '',
    images: [...(changes?.images ?? []).filter((one) => !named.has(one.at('name').text)), ...images],
  };
}

/** What Flux does after the build. */
export function finishOf(flux: Field): Finish {
  const spec = flux.at('spec');
  return {
    flux: flux.manifest,
    metadata: commonMetadata(spec.at('commonMetadata')),
    variables: new Map(
      spec
        .at('postBuild', 'substitute')
        .entries.flatMap(([name, { value }]) =>
          typeof value === 'object' || value === undefined ? [] : [[name, String(value)]],
        ),
    ),
  };
}

const nothing: Changes = {
  patches: { first: [], late: [] },
  namespace: undefined,
  prefix: '',
  suffix: '',
  metadata: [],
  replicas: [],
  images: [],
  replacements: [],
  unknown: undefined,
  variables: [],
};

/** Fields with which programs, or tables of other fields, change what is built. Validators change nothing. */
const programs = ['transformers', 'configurations', 'crds', 'openapi'];

function unknownIn(field: Field, folder: string): string | undefined {
  const program = programs.find(
    (name) => field.at(name).items.length > 0 || field.at(name).entries.length > 0,
  );
  if (program !== undefined) return `\`${program}\` of ${field.manifest.file}`;
  const component = field
    .at('components')
    .texts.find((path) => isRemote(path) || joinPath(folder, path) === undefined);
  return component === undefined ? undefined : `a component of ${field.manifest.file} that is not here`;
}
