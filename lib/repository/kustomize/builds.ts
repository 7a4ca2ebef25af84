import type { Field } from '../../manifests/field.ts';
import { group } from '../../manifests/group.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { type FluxPathsView, fluxPaths } from '../../manifests/views/flux-paths.ts';
import { folderOf, isKustomizeFile, isRemote, joinPath } from '../../manifests/views/layer.ts';
import { Accumulation } from './accumulation.ts';
import { withFlux } from './changes.ts';
import type { ReadText } from './patch.ts';
import { type Resource, resourceOf } from './resource.ts';
import { transformed } from './transformations.ts';

/** What somebody builds at once: Flux, or a person who runs kustomize. */
export interface Build {
  readonly flux: Field | undefined;
  readonly resources: readonly Resource[];
  /** The manifests that it began with, of which patches may have deleted some. */
  readonly applied: readonly Manifest[];
}

/** The most Flux Kustomizations that are followed for one folder. */
const mostFlux = 100;

/** All builds of a folder: each path of a Flux Kustomization, then each kustomization that no other has. */
export function buildsOf(
  kustomizations: ReadonlyMap<string, Field>,
  manifests: readonly Manifest[],
  patches: ReadonlySet<string>,
  read: ReadText,
): Build[] {
  const files = group(
    manifests.filter((manifest) => !isKustomizeFile(manifest)),
    ({ file }) => file,
  );
  const flux = fluxPaths(manifests);
  const listed = entriesOf(kustomizations);
  const accumulation = new Accumulation(kustomizations, files, (folder) => flux.folders.has(folder), read);
  const isPart = (folder: string) =>
    flux.folders.has(folder) || flux.components.has(folder) || listed.has(folder);
  const unlisted = [...files].filter(([file]) => !listed.has(file) && !patches.has(file));
  const found = new FoundByFlux(
    kustomizations,
    flux,
    unlisted.flatMap(([, all]) => all),
    [...kustomizations.keys()].filter((folder) => !isPart(folder)),
  );
  const ofFlux = trialsLast([...flux.folders], ([folder]) => folder).flatMap(([folder, all]) =>
    all.slice(0, mostFlux).flatMap((one): Build[] => {
      const loose = found.files(folder).map(resourceOf);
      const resources = [
        ...loose,
        ...found.folders(folder).flatMap((below) => accumulation.resources(below)),
      ];
      // Without a kustomization of its own the folder gets one from Flux; a file beside one that does not list it is only moved.
      return kustomizations.has(folder)
        ? [
            { flux: one, resources: accumulation.ofFlux(one, folder, []), applied: [] },
            {
              flux: one,
              resources: transformed(resources, withFlux(undefined, one)),
              applied: found.files(folder),
            },
          ]
        : [
            {
              flux: one,
              resources: accumulation.ofFlux(one, folder, resources),
              applied: found.files(folder),
            },
          ];
    }),
  );
  const roots = trialsLast([...kustomizations.keys()], (folder) => folder).filter(
    (folder) => !isPart(folder) && !accumulation.isBuilt(folder),
  );
  const byHand = roots.map((folder) => accumulation.resources(folder));
  // What is left stands in circles.
  const circles = [...kustomizations.keys()]
    .filter((folder) => !accumulation.isBuilt(folder))
    .map((folder) => (accumulation.isBuilt(folder) ? [] : accumulation.resources(folder)));
  return [
    ...ofFlux,
    ...[...byHand, ...circles].map((resources) => ({ flux: undefined, resources, applied: [] })),
    { flux: undefined, resources: [], applied: [...accumulation.begun] },
  ];
}

/**
 * What is for trying things out behind all else: of objects that two overlays make in one namespace the first is kept,
 * and that of the trial is not what people live with.
 */
function trialsLast<T>(all: readonly T[], folderOfOne: (one: T) => string): T[] {
  const isTrial = (one: T) =>
    folderOfOne(one)
      .split('/')
      .some((step) => trials.test(step));
  return [...all.filter((one) => !isTrial(one)), ...all.filter(isTrial)];
}

const trials = /^(dev|develop|development|stag(e|ing)|test|testing|sandbox|preview|local)$/i;

/** Everything that a kustomization lists, by its path. */
function entriesOf(kustomizations: ReadonlyMap<string, Field>): ReadonlySet<string> {
  return new Set(
    [...kustomizations].flatMap(([folder, field]) =>
      ['resources', 'components', 'bases']
        .flatMap((list) => field.at(list).texts)
        .flatMap((entry) => (isRemote(entry) ? [] : (joinPath(folder, entry) ?? []))),
    ),
  );
}

/**
 * What Flux finds in the folders of its paths: files and kustomizations that no kustomization lists.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file
 */
class FoundByFlux {
  readonly #files = new Map<string, Manifest[]>();
  readonly #folders = new Map<string, string[]>();

  constructor(
    kustomizations: ReadonlyMap<string, Field>,
    flux: FluxPathsView,
    files: readonly Manifest[],
    folders: readonly string[],
  ) {
    for (const manifest of files) {
      const at = pathAbove(folderOf(manifest.file), (folder) => flux.folders.has(folder), kustomizations);
      if (at !== undefined) addTo(this.#files, at, manifest);
    }
    for (const folder of folders.filter((one) => one !== '')) {
      const at = pathAbove(
        folderOf(folder),
        (above) => flux.folders.has(above) && !kustomizations.has(above),
        kustomizations,
      );
      if (at !== undefined) addTo(this.#folders, at, folder);
    }
  }

  files(folder: string): readonly Manifest[] {
    return this.#files.get(folder) ?? [];
  }

  folders(folder: string): readonly string[] {
    return this.#folders.get(folder) ?? [];
  }
}

function addTo<T>(all: Map<string, T[]>, key: string, item: T): void {
  const items = all.get(key);
  if (items === undefined) {
    all.set(key, [item]);
  } else {
    items.push(item);
  }
}

/** The nearest folder from here upwards that is meant, up to the next kustomization. */
function pathAbove(
  folder: string,
  isMeant: (folder: string) => boolean,
  kustomizations: ReadonlyMap<string, Field>,
): string | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    if (isMeant(at)) return at;
    if (at === '' || kustomizations.has(at)) return undefined;
  }
}
