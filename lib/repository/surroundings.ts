import type { Files } from '../files/files.ts';
import { apiGroupOf } from '../manifests/api-group.ts';
import { Field, isUnknown } from '../manifests/field.ts';
import { makesPods } from '../manifests/makes-pods.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { chartsOfKustomize, namespaceOfCharts } from '../manifests/unknown-charts.ts';
import { flux, fluxKustomizations } from '../manifests/views/flux.ts';
import { fluxPaths } from '../manifests/views/flux-paths.ts';
import type { Outline } from './outline.ts';
import type { Interest } from './relevance.ts';
import { readRepository } from './repository.ts';

/** What somebody who puts Immich into a repository has to know of what is there. */
export interface Surroundings {
  /** What runs there already, or brings what runs. */
  readonly residents: readonly Resident[];
  /** What the repository's own Flux Kustomizations take their folders from; undefined where there are none. */
  readonly source: FluxSource | undefined;
  /** The folders in which each application has a folder with a `ks.yaml`, as in onedr0p/cluster-template, fullest first. */
  readonly applicationFolders: readonly ApplicationFolder[];
  /** What Argo CD applies, where no Flux is in the repository; undefined where that is not it. */
  readonly argocd: ArgoCDSource | undefined;
  /** A file in which an Immich stands already. */
  readonly immich: string | undefined;
}

/** Something that a repository runs in a namespace. */
export interface Resident {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/** A folder of applications, as seen from the root of the repository. */
export interface ApplicationFolder {
  readonly folder: string;
  /** The namespace of the Kustomizations in it; undefined where none is known. */
  readonly namespace: string | undefined;
}

/** What Applications of Argo CD take their folders from. */
export interface ArgoCDSource {
  readonly repository: string;
  /** The namespace of the Applications. */
  readonly namespace: string | undefined;
  /** A file with one of them. */
  readonly file: string;
}

/** The source of a Flux Kustomization. */
export interface FluxSource {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/**
 * Reads who lives where in a repository: in the namespaces that kustomizations, Flux and Helm give.
 *
 * @throws Error when the folder cannot be read.
 */
export function surroundingsIn(folder: Files): Surroundings {
  const { inventory, sightings } = readRepository(folder, undefined, placement);
  // A path that is no folder here is one of another repository.
  const own = new Set([...fluxPaths(inventory.manifests).folders.values()].flat());
  const kustomizations = fluxKustomizations(inventory);
  return {
    residents: [...inventory.manifests.flatMap(residentOf), ...chartsOf(inventory.fields)],
    source: mostFrequent([...own].flatMap((one) => sourceOf(one) ?? [])),
    applicationFolders: applicationFoldersOf(kustomizations),
    argocd: kustomizations.length > 0 ? undefined : argocdOf(inventory.all('argoproj.io', 'Application')),
    immich: sightings[0]?.file,
  };
}

/** Only what says in which namespace something stands is read whole. */
const placement: Interest = {
  add: () => {},
  addFile: () => {},
  isEverNeeded: isAboutPlacement,
  isNeeded: isAboutPlacement,
};

function isAboutPlacement({ kind, certain }: Outline): boolean {
  return !certain || placing.has(kind);
}

const placing = new Set(['HelmRelease', 'HelmChart', 'Application', 'Kustomization', 'Component']);

function residentOf(manifest: Manifest): Resident[] {
  const { apiVersion, kind, metadata } = manifest.object;
  const target = Field.of(manifest).at('spec', 'targetNamespace').text;
  const bringsOthers = apiGroupOf(apiVersion) === flux && target !== undefined;
  const namespace = makesPods(manifest) ? namespaceOfCharts(manifest) : bringsOthers ? target : undefined;
  return namespace === undefined || isUnknown(namespace)
    ? []
    : [{ namespace, kind, name: metadata?.name ?? '' }];
}

/** What kustomizations have Helm make. */
function chartsOf(fields: readonly Field[]): Resident[] {
  return chartsOfKustomize(fields).flatMap((namespace) =>
    namespace === undefined ? [] : [{ namespace, kind: 'chart', name: '' }],
  );
}

function sourceOf(kustomization: Field): FluxSource | undefined {
  const reference = kustomization.at('spec', 'sourceRef');
  const name = reference.at('name').text;
  const kind = reference.at('kind').text;
  const namespace = reference.at('namespace').text ?? kustomization.at('metadata', 'namespace').text;
  if (name === undefined || kind === undefined || isUnknown(`${kind}/${name}/${namespace}`)) return undefined;
  return { kind, name, namespace };
}

function applicationFoldersOf(kustomizations: readonly Field[]): ApplicationFolder[] {
  const counts = new Map<string, { readonly one: ApplicationFolder; readonly count: number }>();
  for (const kustomization of kustomizations) {
    const [, folder] = /^(.+)\/[^/]+\/ks\.yaml$/.exec(kustomization.manifest.file) ?? [];
    if (folder === undefined) continue;
    const named = kustomization.at('metadata', 'namespace').text;
    const namespace = named === undefined || isUnknown(named) ? undefined : named;
    counts.set(folder, { one: { folder, namespace }, count: (counts.get(folder)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count).map(({ one }) => one);
}

/** Most of them have one source for what stands in git, and others for charts. */
function argocdOf(applications: readonly Field[]): ArgoCDSource | undefined {
  for (const application of applications) {
    const source = application.at('spec', 'source');
    const repository = source.at('repoURL').text;
    // What is still to be filled in is no address.
    if (repository === undefined || !/^\S+$/.test(repository) || isUnknown(repository)) continue;
    if (source.at('chart').exists || !source.at('path').exists) continue;
    const namespace = application.at('metadata', 'namespace').text;
    return { repository, namespace, file: application.manifest.file };
  }
  return undefined;
}

function mostFrequent(sources: readonly FluxSource[]): FluxSource | undefined {
  const counts = new Map<string, number>();
  for (const source of sources) counts.set(keyOf(source), (counts.get(keyOf(source)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return sources.find((source) => counts.get(keyOf(source)) === most);
}

function keyOf({ kind, name, namespace }: FluxSource): string {
  return JSON.stringify([kind, name, namespace]);
}
