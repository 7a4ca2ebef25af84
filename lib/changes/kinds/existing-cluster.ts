import { compareVersions, parseOperatorVersion } from '../../values/version.ts';
import { type ChangedPair, type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';

/**
 * Another VectorChord of a database in a Cluster that others own: its image is not in dist, only the version of the
 * extension that the Database object asks for.
 */
export function existingClusters(comparison: Comparison): Draft[] {
  const own = new Set(
    comparison.after
      .all('postgresql.cnpg.io', 'Cluster')
      .map((cluster) => `${cluster.at('metadata', 'namespace').text}/${cluster.at('metadata', 'name').text}`),
  );
  return pairsOfKind(comparison, 'postgresql.cnpg.io', 'Database')
    .filter(isChanged)
    .filter(({ namespace, after }) => !own.has(`${namespace}/${after.at('spec', 'cluster', 'name').text}`))
    .flatMap(extensionChange);
}

function extensionChange(pair: ChangedPair): Draft[] {
  const [from, to] = [versionIn(pair.before), versionIn(pair.after)];
  if (from === undefined || to === undefined || from === to) return [];
  const [earlier, later] = [from, to].map(parseOperatorVersion);
  const cluster = `${pair.namespace}/${pair.after.at('spec', 'cluster', 'name').text}`;
  const common = {
    topic: 'data',
    from,
    to,
    key: ['database', 'cnpg', 'image'],
    pairs: [pair],
    fields: ['spec.extensions'],
  } as const;
  return earlier?.ok && later?.ok && compareVersions(later.value, earlier.value) < 0
    ? [
        {
          ...common,
          grade: 'refused',
          what: 'vectorchord-downgrade',
          sentence: `VectorChord of the database in ${cluster} goes back from ${from} to ${to}: PostgreSQL has no way to take an extension back.`,
          steps: [`Keep VectorChord ${from}.`],
        },
      ]
    : [
        {
          ...common,
          grade: 'steps',
          what: 'vectorchord',
          sentence: `VectorChord of the database in ${cluster} goes from ${from} to ${to}: the Database object is applied only where the Cluster has an image with it, and Immich waits until then.`,
          steps: [
            `Before merging: the owners of ${cluster} make a base backup, and give it the image.`,
            `After merging: kubectl get databases.postgresql.cnpg.io ${pair.name} --namespace ${pair.namespace} must say that it is applied; a Job then builds indexes anew that cannot be read.`,
            'Search for a word in Immich.',
          ],
        },
      ];
}

function versionIn(database: ChangedPair['before']): string | undefined {
  return database
    .at('spec', 'extensions')
    .items.find((one) => one.at('name').text === 'vchord')
    ?.at('version').text;
}
