import { Field } from '../../manifests/field.ts';
import { archiveOf, hasBackup } from '../../manifests/views/archive.ts';
import { type Comparison, type Draft, isRemoved, type Side } from '../comparison.ts';
import type { Pair } from '../pairs.ts';
import {
  type Archived,
  type Both,
  backupOff,
  otherCredentials,
  otherMethod,
  otherRetention,
  otherStore,
} from './archive-drafts.ts';

/** Where a database archives to, by whose credentials, and for how long. */
export function archives(comparison: Comparison): Draft[] {
  return clustersIn(comparison).flatMap((both) => {
    const { before, after, pairs } = both;
    if (pairs.length === 0) return [];
    if (hasBackup(before.cluster) && !hasBackup(after.cluster)) {
      return [{ ...backupOff(both), alone: gone(comparison, both) }];
    }
    if (before.archive === undefined || after.archive === undefined) return [];
    return [
      ...otherMethod(both),
      ...otherStore(both, before.archive, after.archive),
      ...otherCredentials(both, before.archive, after.archive),
      ...otherRetention(both, before, after),
    ];
  });
}

function clustersIn({ before, after, renames, pairs }: Comparison): Both[] {
  const differing = pairs.filter(({ kind }) => kind === 'Cluster' || kind === 'ObjectStore');
  if (differing.length === 0) return [];
  const earlier = archivedIn(before);
  return archivedIn(after).flatMap((now) => {
    const was = earlier.find(
      (one) =>
        (renames.clusters.get(one.place) ?? one.place) === now.place &&
        one.cluster.get('metadata', 'name') === now.cluster.get('metadata', 'name'),
    );
    if (was === undefined) return [];
    const own = new Set(
      [now, was].flatMap(({ cluster, retention }) => [cluster.manifest, retention.manifest]),
    );
    return [
      {
        before: was,
        after: now,
        pairs: pairs.filter(
          (pair) =>
            [pair.after, pair.before].some((field) => field !== undefined && own.has(field.manifest)) ||
            (pair.kind === 'ScheduledBackup' &&
              pair.after?.get('spec', 'cluster', 'name') === now.cluster.get('metadata', 'name')),
        ),
      },
    ];
  });
}

function archivedIn(side: Side): (Archived & { readonly place: string })[] {
  return [...side.inventories].flatMap(([place, inventory]) =>
    inventory.all('postgresql.cnpg.io', 'Cluster').map((cluster) => {
      const archive = archiveOf(inventory, cluster);
      const isInCluster = archive === undefined || archive.configuration.manifest === cluster.manifest;
      const retention = isInCluster
        ? cluster.at('spec', 'backup', 'retentionPolicy')
        : Field.of(archive.configuration.manifest).at('spec', 'retentionPolicy');
      return { place, cluster, archive, retention };
    }),
  );
}

/** What goes along with backups. */
function gone({ pairs }: Comparison, { after: { cluster } }: Both): Pair[] {
  const name = cluster.get('metadata', 'name');
  return pairs
    .filter(isRemoved)
    .filter(
      ({ kind, before }) =>
        kind === 'ObjectStore' ||
        (kind === 'ScheduledBackup' && before.get('spec', 'cluster', 'name') === name),
    );
}
