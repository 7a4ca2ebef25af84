import { reindexStatements } from '../../immich/vector-indexes.ts';
import { compareVersions, parseOperatorVersion } from '../../values/version.ts';
import type { Draft } from '../comparison.ts';
import { type ImageChange, ofImage } from './database-image.ts';
import { backupCommand } from './lineages.ts';

/**
 * Another VectorChord in the image of a database. The Database object alters the extension before Immich can, and
 * Immich rebuilds its indexes only when it has altered it itself: https://github.com/immich-app/immich/issues/19107
 */
export function vectorChordChange(change: ImageChange): Draft[] {
  const [from, to] = [change.before.versions, change.after.versions];
  if (from === undefined || to === undefined || from.vectorchord === to.vectorchord) return [];
  // A major version of PostgreSQL says itself that VectorChord may not change with it.
  if (from.major !== to.major) return [];
  const common = { ...ofImage(change), from: from.vectorchord ?? 'unknown', to: to.vectorchord ?? 'unknown' };
  const [earlier, later] = [from, to].map(({ vectorchord }) => parseOperatorVersion(vectorchord ?? ''));
  if (!earlier?.ok || !later?.ok) {
    return [
      {
        ...common,
        grade: 'steps',
        what: 'vectorchord',
        sentence: `VectorChord in the image of the database is ${common.from} before and ${common.to} now: whether its indexes can still be read is not known here.`,
        steps: ['Take an image whose tag tells its VectorChord.'],
      },
    ];
  }
  if (compareVersions(later.value, earlier.value) < 0) {
    return [
      {
        ...common,
        grade: 'refused',
        what: 'vectorchord-downgrade',
        sentence: `VectorChord goes back from ${common.from} to ${common.to}: PostgreSQL has no way to take an extension back, and the library cannot read the newer indexes. Every search in photos fails.`,
        steps: [`Keep VectorChord ${common.from}.`],
      },
    ];
  }
  return [
    {
      ...common,
      grade: 'steps',
      what: 'vectorchord',
      sentence: `VectorChord goes from ${common.from} to ${common.to}: indexes of the old one can be unreadable for the new one ("bad version number ... REINDEX"), and then every search in photos and every new face fails until they are rebuilt. After a restore to a time before this change the same is due.`,
      steps: [
        `A base backup before, since there is no way back but a restore: ${backupCommand(change.pair.after)}`,
        ...rebuildSteps(change),
        'Search for a word in Immich. Then restart the server, if it does not run: its start asks the indexes too.',
      ],
    },
  ];
}

/** Who builds the indexes anew: a Job of ours that comes along, or a person. */
function rebuildSteps({ pair, rebuilder }: ImageChange): string[] {
  const place = pair.namespace === undefined ? '' : ` --namespace ${pair.namespace}`;
  if (rebuilder !== undefined) {
    return [
      `The Job ${rebuilder.name} searches by each index when the Database object is applied, and builds anew what cannot be read: kubectl wait job/${rebuilder.name}${place} --for=condition=Complete --timeout=1h`,
      `What it did, and why it does not end: kubectl logs job/${rebuilder.name}${place}`,
    ];
  }
  const statements = reindexStatements.map((statement) => `-c '${statement}'`).join(' ');
  return [
    `When the Database object is applied (kubectl get databases.postgresql.cnpg.io${place}): kubectl cnpg psql ${pair.name}${place} -- immich ${statements}`,
  ];
}
