import { reindexStatements } from '../immich/vector-indexes.ts';
import { supportOf } from '../immich/versions.ts';
import { databaseName, vectorIndexesName } from '../names.ts';
import { postgresVersions } from '../values/image.ts';
import { applyNow } from './delivery.ts';
import { backedDatabaseOf, type Names, queryCommand } from './names.ts';
import { commands, type Section, steps } from './section.ts';
import { backupNow } from './verify.ts';

/** How to go to newer versions: Immich, and where the database is ours PostgreSQL and VectorChord. One at a time. */
export function upgrades(names: Names): Section[] {
  const { cnpg } = ownDatabaseOf(names);
  return [
    upgradeImmich(names),
    ...(cnpg === undefined ? [] : [upgradePostgres(names), upgradeIndexes(names)]),
  ];
}

function upgradeImmich(names: Names): Section {
  const { app, namespace, server, file, installation } = names;
  const { major } = installation.version;
  return {
    title: 'Upgrade Immich',
    blocks: [
      `\`npx immich-cdk8s explain upgrade ${file}\` prints the way from what is committed to what the file says. One major version at a time, and never together with the database.`,
      steps(
        'Read the notes of every release in between: https://github.com/immich-app/immich/releases.',
        [
          'Make a base backup, and wait until it is completed: migrations cannot be undone.',
          ...backup(names),
        ],
        `From ${major}.x to ${major + 1}.x: update the apps on all phones on the same day, since older ones do not work with the newer server.`,
        `Change \`version\` in \`${file}\`, and the images that name it, in a commit of its own; run \`npx immich-cdk8s synth\`, review, merge.`,
        [
          'Wait. The server migrates its database when it starts, for minutes to hours with a large library; do not restart it meanwhile.',
          commands(
            ...applyNow(names, 'app', 'app'),
            `${app} rollout status deployment/${server} --namespace ${namespace} --timeout=40m`,
          ),
        ],
        'Log in, open a photo, search for a word, and see under Administration > Jobs that nothing fails. The way back is the chapter "Roll an upgrade back".',
      ),
    ],
  };
}

function upgradePostgres(names: Names): Section {
  const { data, namespace, file } = names;
  const { cnpg, versions } = ownDatabaseOf(names);
  const database = backedDatabaseOf(names.installation);
  if (cnpg === undefined) return { title: 'Upgrade PostgreSQL', blocks: [] };
  const cluster = `clusters.postgresql.cnpg.io ${cnpg.name} --namespace ${namespace}`;
  const vectorchord =
    versions?.vectorchord === undefined ? 'the same VectorChord' : `VectorChord ${versions.vectorchord}`;
  const lines = [
    'database:',
    '  cnpg:',
    '    image: <the image of the next major version>',
    ...(database === undefined ? [] : [`    lineage: ${database.next}`]),
  ];
  return {
    title: 'Upgrade PostgreSQL',
    blocks: [
      'Within a major version, change `image` alone: the instances restart one after the other. To the next major version CloudNativePG stops them all and runs `pg_upgrade`: Immich is away for minutes, longer for a large database.',
      steps(
        `Choose an image with ${vectorchord}, made from the same distribution as ${cnpg.image?.text ?? 'the present one'}. To 17.0 to 17.5 take \`max_slot_wal_keep_size\` out of the parameters, if it is there.`,
        ['Make a base backup, and wait until it is completed.', ...backup(names)],
        [
          `Write into \`${file}\`, in one commit${database === undefined ? '' : `, with a lineage that was never used and without \`restoreFrom\`: in the folder \`${database.folder}\` the new files would take those of the old database away`}. Run synth, review, merge.`,
          ['```yaml', ...lines, '```'].join('\n'),
        ],
        [
          'Wait until it is done.',
          commands(
            ...applyNow(names, 'data', 'database'),
            `${data} get pods --namespace ${namespace}`,
            `${data} get ${cluster} --output jsonpath='{.status.phase} {.status.pgDataImageInfo.majorVersion}'`,
          ),
        ],
        `If it fails, and the last command still says ${versions?.major ?? 'the old major version'}: take back ${database === undefined ? '`image`' : '`image` and `lineage` together'}, in one commit.`,
        ...(database === undefined
          ? []
          : [
              [
                `Make a base backup at once: until it is completed, no moment of the new database can be restored. Those of the old one stay in \`${database.folder}\`.`,
                ...backup(names),
              ],
            ]),
        [
          'Let PostgreSQL count anew, and run what `pg_upgrade` may have left for extensions.',
          commands(
            queryCommand(names, cnpg, databaseName, 'analyze'),
            queryCommand(
              names,
              cnpg,
              'postgres',
              '\\i /var/lib/postgresql/data/pgdata/update_extensions.sql',
            ),
          ),
        ],
      ),
    ],
  };
}

function upgradeIndexes(names: Names): Section {
  const { data, namespace, installation, plan } = names;
  const { cnpg } = ownDatabaseOf(names);
  if (cnpg === undefined) return { title: 'Upgrade VectorChord', blocks: [] };
  const { vectorChord } = supportOf(installation.version);
  const range =
    vectorChord === undefined
      ? ''
      : ` Immich ${installation.version.text} works with VectorChord ${vectorChord.from.text} up to, and without, ${vectorChord.below.text}.`;
  const pods = `--namespace ${namespace} --selector app.kubernetes.io/name=${vectorIndexesName}`;
  return {
    title: 'Upgrade VectorChord',
    blocks: [
      `Alone, and never back: PostgreSQL and its major version stay the same.${range} The \`Database\` object alters the extension, and a Job then searches by each vector index and builds those anew that cannot be read. ${
        plan.isRemote
          ? 'Immich, in its own cluster, cannot wait for it, and may restart until it is done.'
          : 'Immich starts after it.'
      }`,
      steps(
        ['Make a base backup, and wait until it is completed.', ...backup(names)],
        `Change \`image\` in a commit of its own; run synth, review, merge.`,
        [
          'Wait for the Job, and read what it did.',
          commands(
            ...applyNow(names, 'data', 'database'),
            ...applyNow(names, 'data', 'indexes', false),
            `${data} logs ${pods} --tail=20`,
          ),
        ],
        'Search for a word in Immich.',
      ),
      'After a restore the indexes may be those of an older VectorChord: the Job runs again by itself, since the lineage is another one. Where it has failed, delete it, and Flux makes it again:',
      commands(
        `${data} get jobs.batch --namespace ${namespace} --output name | grep ${vectorIndexesName} | xargs ${data} delete --namespace ${namespace}`,
        ...applyNow(names, 'data', 'indexes', false),
      ),
      'By hand it is:',
      commands(
        ...reindexStatements.map((statement) =>
          queryCommand(names, cnpg, databaseName, statement.replace(/;$/, '')),
        ),
      ),
    ],
  };
}

/** The commands of a base backup; none where there is no backup of ours. */
function backup(names: Names): string[] {
  const database = backedDatabaseOf(names.installation);
  return database === undefined
    ? ['It has no backup of ours: make it your own way.']
    : [commands(...backupNow(names, database))];
}

function ownDatabaseOf({ installation: { database, images } }: Names) {
  return database.kind === 'cnpg'
    ? { cnpg: database.cnpg, versions: images.database && postgresVersions(images.database) }
    : { cnpg: undefined, versions: undefined };
}
