import type { Field } from '../../manifests/field.ts';
import { type PostgresVersions, parseImage, postgresVersions } from '../../values/image.ts';
import { type ChangedPair, type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';

/** Another image of a database: its PostgreSQL. */
export function postgresVersion(comparison: Comparison): Draft[] {
  return pairsOfKind(comparison, 'postgresql.cnpg.io', 'Cluster')
    .filter(isChanged)
    .flatMap((pair) => judged(pair));
}

function judged(pair: ChangedPair): Draft[] {
  const [before, after] = [versionsOf(pair.before), versionsOf(pair.after)];
  if (before === undefined || after === undefined || before.postgres === after.postgres) return [];
  const common = {
    topic: 'data',
    from: before.postgres,
    to: after.postgres,
    key: ['database', 'cnpg', 'image'],
    pairs: [pair],
    fields: ['spec.imageName'],
  } as const;
  if (after.major < before.major) {
    return [
      {
        ...common,
        grade: 'refused',
        what: 'downgrade',
        impossible: true,
        sentence: `PostgreSQL ${after.major} cannot read the files of PostgreSQL ${before.major}: the database does not start.`,
        steps: [`Keep PostgreSQL ${before.major}.`],
      },
    ];
  }
  if (after.major > before.major) {
    return [
      {
        ...common,
        grade: 'refused',
        what: 'upgrade',
        sentence:
          `PostgreSQL ${before.major} becomes ${after.major} in the same archive folder: CloudNativePG upgrades offline, ` +
          'destroys the replicas and writes a new timeline 1 into the folder of the old one, so that no point in time from before can be restored.',
        steps: [
          `Keep PostgreSQL ${before.major}, or upgrade on a day of its own: with a new lineage, the same VectorChord and the same distribution in the image.`,
        ],
      },
    ];
  }
  return [
    {
      ...common,
      grade: 'restarting',
      what: 'update',
      sentence: `PostgreSQL ${before.postgres} becomes ${after.postgres}: the instances restart one after the other, and Immich loses its connection for seconds.`,
    },
  ];
}

/** What the image of a database holds, as far as its tag says it. */
function versionsOf(cluster: Field): PostgresVersions | undefined {
  const image = parseImage(cluster.at('spec', 'imageName').text ?? '');
  return image.ok ? postgresVersions(image.value) : undefined;
}
