import type { Field } from '../../manifests/field.ts';
import { importSourceOf } from '../../manifests/views/import-source.ts';
import { type Comparison, type Draft, isAdded, isRemoved, pairsOfKind } from '../comparison.ts';
import type { Pair } from '../pairs.ts';
import { isPruneProtected } from './protection.ts';

/** A database that gets another name or place, or is left for one that others run. */
export function databases(comparison: Comparison): Draft[] {
  const pairs = pairsOfKind(comparison, 'postgresql.cnpg.io', 'Cluster');
  const added = pairs.filter(isAdded);
  return pairs.filter(isRemoved).map((gone) => {
    const [successor] = added;
    return successor === undefined ? left(comparison, gone) : draftRename(gone, successor, comparison);
  });
}

function draftRename(gone: Pair, successor: Pair & { readonly after: Field }, comparison: Comparison): Draft {
  const isElsewhere = gone.name === successor.name;
  const restores = successor.after.at('spec', 'bootstrap', 'recovery').exists;
  const imported = importSourceOf(successor.after);
  const place = isElsewhere
    ? `one of the same name, in the namespace ${successor.namespace ?? 'default'} of the Kubernetes cluster ${successor.cluster}`
    : successor.name;
  return {
    grade: 'refused',
    topic: 'data',
    what: isElsewhere ? 'move' : 'rename',
    from: isElsewhere ? `${gone.cluster}/${gone.namespace}` : gone.name,
    to: isElsewhere ? `${successor.cluster}/${successor.namespace}` : successor.name,
    key: isElsewhere ? ['clusters', 'database'] : ['database', 'cnpg', 'name'],
    sentence: restores
      ? `${goneText(gone)} In its place is ${place}, which starts from a backup: what was written after the backup's last file in the archive is missing there.`
      : imported !== undefined
        ? `${goneText(gone)} In its place is ${place}, which is filled from ${imported}: what was written there after the import began is missing.`
        : `${goneText(gone)} In its place is ${place}, which is new and empty: Immich shows the setup of the first administrator, and none of the albums, people and users.`,
    steps: restores
      ? [
          'Stop Immich first, so that nothing is written any more.',
          'Make a backup, wait until it is complete and the last file of the log is archived, then merge.',
        ]
      : imported !== undefined
        ? importSteps
        : [
            `Keep ${isElsewhere ? 'the place' : `name: ${gone.name}`} of the database.`,
            'If it has to be another one: write restoreFrom, so that the new one starts from the backup of the old.',
          ],
    pairs: [successor, gone],
    alone: companions(comparison, gone, successor),
  };
}

function left(comparison: Comparison, gone: Pair): Draft {
  return {
    grade: 'refused',
    topic: 'data',
    what: 'remove',
    from: gone.name,
    to: 'external',
    key: ['database'],
    sentence:
      `${goneText(gone)} Where Immich is given another database, it starts with what that ` +
      `one holds; what is in ${gone.name} is no longer backed up by ours.`,
    steps: [
      `Keep the database ${gone.name}.`,
      'If it has to be another one: stop Immich, dump the database, restore it into the other one with the same extensions, compare the counts of rows, then switch.',
    ],
    pairs: [gone],
    alone: companions(comparison, gone),
  };
}

/** Before a database is filled from another one. */
export const importSteps: readonly string[] = [
  'Before merging: stop the Immich that uses the old database, keep stopped: true in the file, and back the old database up.',
  'After merging: compare the counts of rows, and only then let Immich run; RUNBOOK.md, "Import the database", has the commands and the way back.',
];

/** What becomes of the database itself. Its volumes belong to it, and are deleted with it. */
function goneText({ name, before }: Pair): string {
  return before !== undefined && isPruneProtected(before)
    ? `The database ${name} is gone from dist; Flux leaves it in the cluster, without Immich.`
    : `The database ${name} is gone from dist: Flux deletes it, and with it all its volumes.`;
}

/** Objects that go or come along with a database. */
function companions({ pairs }: Comparison, ...databases: readonly Pair[]): Pair[] {
  const names = new Set(databases.map(({ name }) => name));
  return pairs.filter(
    (pair) =>
      (isAdded(pair) || isRemoved(pair)) &&
      ['Database', 'ScheduledBackup', 'ObjectStore'].includes(pair.kind) &&
      names.has(pair.name),
  );
}
