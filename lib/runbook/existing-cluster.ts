import type { ExternalDatabase } from '../installation/database.ts';
import type { ExistingCluster } from '../installation/existing-cluster.ts';
import { databaseName, vectorIndexesName } from '../names.ts';
import { applyNow } from './delivery.ts';
import type { Names } from './names.ts';
import { bullets, commands, type Section, steps } from './section.ts';

/** What a Cluster of others must have for the database of Immich, which we never write into it. */
export function existingClusterSections(names: Names): Section[] {
  const { database } = names.installation;
  if (database.kind !== 'external' || database.cluster === undefined) return [];
  return [preparation(names, database, database.cluster), upgrade(names, database.cluster)];
}

function preparation(
  { app }: Names,
  { password }: ExternalDatabase,
  { name, namespace, image }: ExistingCluster,
): Section {
  const get = `${app} get clusters.postgresql.cnpg.io ${name} --namespace ${namespace}`;
  return {
    title: 'What the Cluster of the others must have',
    blocks: [
      `The database of Immich is in the Cluster \`${namespace}/${name}\`, which others own: nothing here changes it. Have these lines written into it, where it is described; a restart of PostgreSQL follows from the last:`,
      [
        '```yaml',
        'spec:',
        `  imageName: ${image.text}`,
        '  managed:',
        '    roles:',
        `      - { name: ${databaseName}, ensure: present, login: true, passwordSecret: { name: ${password.secret} } }`,
        '  postgresql:',
        '    shared_preload_libraries: [vchord.so]',
        '```',
      ].join('\n'),
      bullets(
        `The Secret \`${password.secret}\` has the same \`username\` (${databaseName}) and \`password\` in \`${namespace}\` and beside Immich.`,
        `A network policy of theirs must let the pods of Immich in on port 5432.`,
        'Nobody here restores or moves it: a restore to a point in time takes the databases of all others along.',
      ),
      'Whether it is so, with the role among those that are reconciled:',
      commands(
        `${get} --output jsonpath='{.spec.imageName} {.spec.postgresql.shared_preload_libraries} {.status.managedRolesStatus.byStatus}'`,
      ),
    ],
  };
}

function upgrade(names: Names, { name, namespace }: ExistingCluster): Section {
  const { app, namespace: own, file } = names;
  return {
    title: 'Upgrade VectorChord',
    blocks: [
      `With those who own \`${namespace}/${name}\`, and never back. The \`Database\` object alters the extension of Immich's database alone, and a Job then builds those vector indexes anew that cannot be read. Between the first step and the third Immich may not start.`,
      steps(
        'Make a base backup of the Cluster, and wait until it is completed.',
        `They change the image of the Cluster; wait until all instances run it.`,
        `Write the same into \`database.cnpg.image\` of \`${file}\`, run synth, review, merge.`,
        [
          'Wait for the Job, and read what it did.',
          commands(
            ...applyNow(names, 'app', 'database'),
            ...applyNow(names, 'app', 'indexes', false),
            `${app} logs --namespace ${own} --selector app.kubernetes.io/name=${vectorIndexesName} --tail=20`,
          ),
        ],
        'Search for a word in Immich.',
      ),
    ],
  };
}
