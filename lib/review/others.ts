import type { State } from '../changes/state.ts';
import { isMarked } from '../dist/plan.ts';
import { withoutOurs } from '../dist/without-ours.ts';
import { apiGroupOf } from '../manifests/api-group.ts';
import { isMapping } from '../manifests/field.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { outlineOf, type Repository, readRepository } from '../repository/repository.ts';
import { type TreeChange, textAt } from './tree-change.ts';

/** What the manifests of others are called where ours have the name of an installation. */
export const others = 'repository';

/** The manifests of others in two states, as far as they have to do with Immich, its database or Flux. */
export interface Others {
  readonly before: ReadonlyMap<string, State>;
  readonly after: ReadonlyMap<string, State>;
}

/** Reads what others wrote, as kustomize and Helm would apply it; nothing where no manifest of theirs changes. */
export function othersIn(
  { before, after, changed }: TreeChange,
  installationFiles: ReadonlySet<string>,
): Others {
  const isMade = (path: string) => [before, after].some((files) => isMarked(textAt(files, path) ?? ''));
  const isTheirs = (path: string) =>
    !installationFiles.has(path) && !/^\.github\/|\.md$/.test(path) && !isMade(path);
  if (!changed.some(isTheirs)) return { before: new Map(), after: new Map() };
  const [earlier, later] = [readRepository(withoutOurs(before)), readRepository(withoutOurs(after))];
  const outlined = new Set([...earlier.outlined, ...later.outlined]);
  const [was, is] = [stateOf(earlier, outlined), stateOf(later, outlined)];
  if (was === undefined && is === undefined) return { before: new Map(), after: new Map() };
  // What nothing was known of before is new; when all of it is gone, that is told object by object.
  return {
    before: was === undefined ? new Map() : new Map([[others, was]]),
    after: new Map([[others, is ?? nothing]]),
  };
}

const nothing: State = { source: undefined, clusters: new Map() };

/**
 * What is known only by its name in one of the two states is left out of both: it has to do with something else, and
 * its fields would seem to come and go.
 */
function stateOf(repository: Repository, outlined: ReadonlySet<string>): State | undefined {
  const counts = new Map<string, number>();
  const clusters = new Map<string, Manifest[]>();
  for (const manifest of repository.inventory.manifests) {
    if (outlined.has(outlineOf(manifest))) continue;
    // Repositories with several Kubernetes clusters have an object of one name in each.
    const identity = identityOf(manifest);
    const count = counts.get(identity) ?? 0;
    counts.set(identity, count + 1);
    const cluster = count === 0 ? others : `${others}-${count + 1}`;
    const manifests = clusters.get(cluster) ?? [];
    clusters.set(cluster, manifests);
    manifests.push(repository.opaque.has(manifest) ? manifest : withoutValues(manifest));
  }
  return clusters.size === 0 ? undefined : { source: undefined, clusters };
}

function identityOf({ object: { apiVersion, kind, metadata } }: Manifest): string {
  return JSON.stringify([apiGroupOf(apiVersion), kind, metadata?.namespace ?? null, metadata?.name ?? null]);
}

/** A Helm release that is rendered: its values are told as the objects that they become. */
function withoutValues(manifest: Manifest): Manifest {
  const { kind, spec } = manifest.object;
  if (kind !== 'HelmRelease' || !isMapping(spec)) return manifest;
  const { values, ...rest } = spec;
  return values === undefined ? manifest : { ...manifest, object: { ...manifest.object, spec: rest } };
}
