import type { Field } from '../field.ts';

/** The database that a Cluster is filled from over the network, such as `immich at old.example.net:5432`; undefined without one. */
export function importSourceOf(cluster: Field): string | undefined {
  const imported = cluster.at('spec', 'bootstrap', 'initdb', 'import');
  if (!imported.exists) return undefined;
  const name = imported.at('source', 'externalCluster').text;
  const source = cluster.at('spec', 'externalClusters').items.find((one) => one.at('name').text === name);
  const [host, port] = ['host', 'port'].map((key) => source?.at('connectionParameters', key).text);
  return `${imported.at('databases', 0).text ?? 'a database'} at ${host ?? 'another server'}:${port ?? '5432'}`;
}
