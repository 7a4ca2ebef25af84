import { type Change, inOrder } from '../changes/change.ts';
import { changesOf } from '../changes/compare.ts';
import { nameOfManifest } from '../changes/pairs.ts';
import { type State, sharedReader, statesOf } from '../changes/state.ts';
import { apiGroupOf } from '../manifests/api-group.ts';
import type { Field } from '../manifests/field.ts';
import { Inventory } from '../manifests/inventory.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { immich } from '../manifests/views/immich.ts';
import { isKustomizeFile } from '../manifests/views/layer.ts';
import { guardsOf, protectedManifest } from './protection.ts';
import type { Today } from './today.ts';

/** What happens when dist takes the place of what is applied today. */
export interface Switch {
  /** The gravest first. */
  readonly changes: readonly Change[];
  /** Objects of today that dist has under the same kind, name and namespace. */
  readonly kept: readonly string[];
  /** Objects that hold data, and are in no dist: they stay as they are, and dist names them. */
  readonly staying: readonly string[];
  /** Objects that go with the files of today. */
  readonly leaving: readonly string[];
  readonly added: readonly string[];
  /** Objects of one name that Kubernetes cannot change into ours: they have to go before ours can be made. */
  readonly replaced: readonly Replaced[];
  /** What holds data today and would be used by nothing: a sentence each. */
  readonly lost: readonly string[];
}

/** An object that is deleted and made anew; nothing of it holds data. */
export interface Replaced {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/**
 * Compares what is applied today with dist, by the same changes as review.
 *
 * @param dist The texts of dist by their paths in it.
 */
export function switchTo(name: string, today: Today, dist: ReadonlyMap<string, string>): Switch {
  const after = statesOf(dist, sharedReader()).get(name) ?? { source: undefined, clusters: new Map() };
  const later = new Map(
    [...after.clusters.values()]
      .flat()
      .filter((one) => !isKustomizeFile(one))
      .map((one) => [identityOf(one), one]),
  );
  const staying = today.holders.filter(({ manifest }) => !later.has(identityOf(manifest)));
  const applied = [...today.holders.filter((one) => !staying.includes(one)), ...today.others];
  const before = stateOf(applied, later, after, guardsOf(today));
  const changes = changesOf(name, before, after);
  const replaced = changes.filter(isReplacement).flatMap(({ objects }) => objects.flatMap(replacedBy));
  const isGone = ({ manifest }: Field) => !later.has(identityOf(manifest));
  return {
    changes: inOrder(changes.filter((change) => !isReplacement(change))),
    kept: applied
      .filter((one) => !isGone(one))
      .map(({ manifest }) => nameOfManifest(manifest))
      .sort(),
    staying: staying.map(({ manifest }) => nameOfManifest(manifest)).sort(),
    leaving: today.others
      .filter(isGone)
      .map(({ manifest }) => nameOfManifest(manifest))
      .sort(),
    added: [...later]
      .filter(([identity]) => !applied.some(({ manifest }) => identityOf(manifest) === identity))
      .map(([, manifest]) => nameOfManifest(manifest))
      .sort(),
    replaced,
    lost: lostFrom(today, [...later.values()]),
  };
}

/** Claims that the server writes to today and dist mounts nowhere, and databases that it does not ask. */
function lostFrom({ written, databases }: Today, later: readonly Manifest[]): string[] {
  const inventory = new Inventory([
    ...later,
    ...databases
      .map(({ manifest }) => manifest)
      .filter((one) => !later.some((other) => identityOf(other) === identityOf(one))),
  ]);
  const mounted = new Set(
    inventory.workloads.flatMap(({ volumes }) => volumes.flatMap(({ claim }) => claim?.text ?? [])),
  );
  const asked = new Set(immich(inventory).databases.map(({ manifest }) => identityOf(manifest)));
  // A database in another Kubernetes cluster is asked by a name from outside.
  const isRemote = later.some(({ object }) => object.kind === 'Cluster') && asked.size === 0;
  return [
    ...written
      .filter((name) => !mounted.has(name))
      .map(
        (name) =>
          `Immich writes to the claim ${name} today, and dist mounts it nowhere: what is in it would not be seen.`,
      ),
    ...databases
      .filter(({ manifest }) => !isRemote && !asked.has(identityOf(manifest)))
      .map(
        (one) =>
          `Immich asks the ${nameOfManifest(one.manifest)} today, and another database from dist: it would start empty.`,
      ),
  ];
}

function stateOf(
  fields: readonly Field[],
  later: ReadonlyMap<string, Manifest>,
  after: State,
  guards: ReturnType<typeof guardsOf>,
): State {
  const [first = 'home'] = after.clusters.keys();
  const clusters = new Map<string, Manifest[]>([...after.clusters.keys()].map((cluster) => [cluster, []]));
  const clusterOf = (manifest: Manifest) => {
    const same = later.get(identityOf(manifest));
    return [...after.clusters].find(([, manifests]) => same !== undefined && manifests.includes(same))?.[0];
  };
  for (const field of fields) {
    const place = clusterOf(field.manifest) ?? first;
    clusters.set(place, [...(clusters.get(place) ?? []), protectedIfHolder(field, guards)]);
  }
  return { source: undefined, clusters };
}

function protectedIfHolder(field: Field, guards: ReturnType<typeof guardsOf>): Manifest {
  return holderKinds.has(field.manifest.object.kind) ? protectedManifest(field, guards) : field.manifest;
}

const holderKinds = new Set(['PersistentVolumeClaim', 'PersistentVolume', 'Cluster', 'Namespace']);

/** What cannot be changed in place and holds no data. */
function isReplacement({ impossible, objects }: Change): boolean {
  return impossible === true && objects.every((name) => replaceable.has(name.split(' ')[0] ?? ''));
}

const replaceable = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'RoleBinding',
  'ScheduledBackup',
]);

function replacedBy(object: string): Replaced[] {
  const [, kind, namespace, name] = /^(\S+) ([^/]+)\/(.+)$/.exec(object) ?? [];
  return kind === undefined || namespace === undefined || name === undefined
    ? []
    : [{ kind, namespace, name }];
}

function identityOf({ object: { apiVersion, kind, metadata } }: Manifest): string {
  return JSON.stringify([apiGroupOf(apiVersion), kind, metadata?.namespace ?? '', metadata?.name ?? '']);
}
