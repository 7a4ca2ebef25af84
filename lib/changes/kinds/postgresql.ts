import { distributionOf } from '../../cnpg/distribution.ts';
import type { Field } from '../../manifests/field.ts';
import { extensionReference } from '../../manifests/views/database-image.ts';
import type { PostgresVersions } from '../../values/image.ts';
import { type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';
import { type ImageChange, imageOf, ofImage } from './database-image.ts';
import { rebuilderOf } from './jobs.ts';
import { majorDowngrade, majorUpgrade } from './postgresql-major.ts';
import { vectorChordChange } from './vectorchord.ts';

/** Another image of a database: its PostgreSQL, its VectorChord, the distribution it is made from. */
export function databaseImages(comparison: Comparison): Draft[] {
  return pairsOfKind(comparison, 'postgresql.cnpg.io', 'Cluster')
    .filter(isChanged)
    .flatMap((pair) => {
      const [before, after] = [imageOf(pair.before), imageOf(pair.after)];
      const [from, to] = [pair.before.get('spec', 'imageName'), pair.after.get('spec', 'imageName')];
      if (from === to && extensionReference(pair.before) === extensionReference(pair.after)) return [];
      const database = pairsOfKind(comparison, 'postgresql.cnpg.io', 'Database').find(
        (one) => one.after?.get('spec', 'cluster', 'name') === pair.name && one.namespace === pair.namespace,
      );
      return judge({ pair, database, rebuilder: rebuilderOf(comparison, pair), before, after });
    });
}

function judge(change: ImageChange): Draft[] {
  const { before, after } = change;
  if (before.versions === undefined || after.versions === undefined) return [draftUnknown(change)];
  const drafts = [...versionChange(change, before.versions, after.versions), ...vectorChordChange(change)];
  const isMajor = before.versions.major !== after.versions.major;
  if (!isMajor) drafts.push(...distributionChange(change));
  return drafts.length > 0 ? drafts : [sameVersions(change)];
}

function versionChange(change: ImageChange, before: PostgresVersions, after: PostgresVersions): Draft[] {
  if (after.major > before.major) return [majorUpgrade(change, before, after)];
  if (after.major < before.major) return [majorDowngrade(change, before, after)];
  if (after.postgres === before.postgres) return [];
  const isBack = minorOf(after) < minorOf(before);
  return [
    {
      ...ofImage(change),
      grade: isBack ? 'steps' : 'restarting',
      what: isBack ? 'downgrade' : 'update',
      sentence:
        `PostgreSQL ${before.postgres} becomes ${after.postgres}, of the same major version: the replicas restart first, ` +
        `then the primary hands over or restarts, and Immich loses its connection for seconds.${isBack ? ' It goes back, which PostgreSQL allows within a major version, but mends of the newer one are lost.' : ''}`,
      steps: isBack ? ['Read the release notes between the two for indexes that have to be rebuilt.'] : [],
    },
  ];
}

function minorOf({ postgres }: PostgresVersions): number {
  return Number(postgres.split('.')[1] ?? Number.POSITIVE_INFINITY);
}

/** https://www.postgresql.org/docs/current/collation.html: indexes over text are sorted by the C library. */
function distributionChange(change: ImageChange): Draft[] {
  const { pair, before, after } = change;
  const [from, to] = [before, after].map(({ image }) => image && distributionOf(image));
  const isSameSource = before.image?.repository === after.image?.repository;
  if (from === to && (from !== undefined || isSameSource)) return [];
  const isC = sortsByBytes(pair.after);
  const { name, namespace } = pair;
  const place = namespace === undefined ? '' : ` --namespace ${namespace}`;
  const isKnown = from !== undefined && to !== undefined;
  return [
    {
      ...ofImage(change),
      grade: isKnown && isC ? 'restarting' : 'steps',
      what: 'distribution',
      from: from ?? 'unknown',
      to: to ?? 'unknown',
      sentence: isKnown
        ? `The image is made from Debian ${to} instead of ${from}, with other libraries: ${
            isC
              ? 'the database sorts by bytes (collation C), so that its indexes stay right.'
              : 'indexes over text are sorted by other rules and can miss rows until they are rebuilt.'
          }`
        : `What distribution the image is made from is not known here (${from ?? 'unknown'} before, ${to ?? 'unknown'} now): with another one, indexes over text can miss rows until they are rebuilt.`,
      steps: isC
        ? []
        : [
            `kubectl cnpg psql ${name}${place} -- immich -c 'REINDEX DATABASE immich;'`,
            `kubectl cnpg psql ${name}${place} -- immich -c 'ALTER DATABASE immich REFRESH COLLATION VERSION;'`,
          ],
    },
  ];
}

/** CloudNativePG sets databases up with the collation C where nothing else is said. */
function sortsByBytes(cluster: Field): boolean {
  const initdb = cluster.at('spec', 'bootstrap', 'initdb');
  const said = ['locale', 'localeCollate', 'icuLocale', 'localeProvider'].flatMap(
    (key) => initdb.at(key).text ?? [],
  );
  return initdb.exists && said.every((locale) => locale === 'C' || locale === 'POSIX');
}

function draftUnknown(change: ImageChange): Draft {
  return {
    ...ofImage(change),
    grade: 'steps',
    what: 'image',
    from: change.before.text,
    to: change.after.text,
    sentence:
      'The image of the database changes, and its tag does not tell what is inside: whether it is another PostgreSQL or VectorChord is not known here.',
    steps: [
      `Find out before merging: kubectl run look --rm -it --restart=Never --image=${change.after.text} -- postgres --version`,
    ],
  };
}

function sameVersions(change: ImageChange): Draft {
  return {
    ...ofImage(change),
    grade: 'restarting',
    what: 'image',
    from: change.before.text,
    to: change.after.text,
    sentence:
      'The image of the database is another one of the same versions: the instances restart one after the other, and Immich loses its connection for seconds.',
  };
}
