import { clusterLabel } from '../cnpg/names.ts';
import { deletionAnnotation } from '../kubernetes/data.ts';
import { databaseName } from '../names.ts';
import {
  byFluxItself,
  fetchCommit,
  fetchRevision,
  fluxCommand,
  fluxFetch,
  resume,
  suspend,
} from './delivery.ts';
import { type BackedDatabase, backedDatabaseOf, type Names, queryCommand } from './names.ts';
import { commands, type Section, steps } from './section.ts';
import { asleep, serverIsGone } from './sleep.ts';
import { backupNow } from './verify.ts';

const cluster = 'clusters.postgresql.cnpg.io';

/** How to bring the database back as it was at some moment. */
export function restoreDatabase(names: Names): Section {
  const database = backedDatabaseOf(names.installation);
  const title = 'Restore the database to a point in time';
  if (database === undefined) return { title, blocks: dumps(names) };
  const { data, namespace, file } = names;
  const { cnpg, lineage, next, folder, backup } = database;
  const { name } = cnpg;
  return {
    title,
    blocks: [
      `A database is never restored in place: a new one starts from the backups in the folder \`${folder}\`, and archives to \`${name}-${next}\`. The backups are only read. Everything after the moment is lost, so choose it well: the last one before the mistake.`,
      steps(
        [
          'Stop Flux and the server. By hand, as Flux leaves Immich alone while the database is not well.',
          commands(...stop(names)),
          ...byFluxItself(names, [
            fluxCommand(names, 'app', 'suspend', 'app'),
            fluxCommand(names, 'data', 'suspend', 'database'),
          ]),
        ],
        [
          'If the database still runs, make a last base backup, and wait until it is completed.',
          commands(...backupNow(names, database)),
        ],
        [
          'Keep the volumes of the old database, whatever happens to their claims.',
          commands(
            `for volume in $(${data} get pvc --namespace ${namespace} --selector ${clusterLabel}=${name} --output jsonpath='{.items[*].spec.volumeName}'); do`,
            `  ${data} patch pv "$volume" --patch '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
            'done',
          ),
        ],
        [
          `Write into \`${file}\` where the database starts from, run \`npx immich-cdk8s synth\`, review the diff, commit and push. Leave \`time\` out for the newest moment; with it, write the zone. With \`stopped\` nobody gets in before you have looked, even where Flux is resumed too early.`,
          ['```yaml', ...restoreLines(database), '```'].join('\n'),
        ],
        [
          `Fetch the commit **before** anything is deleted. A database that is made from the commit before is new and empty. ${fetchRevision(names)}`,
          commands(...fetchCommit(names, 'data')),
          ...byFluxItself(names, [fluxFetch(names, 'data')], '; compare the revision yourself'),
        ],
        [
          `Only now, and only the Cluster: delete the old database, and wait until its claims are gone. This is the only step that deletes anything; its backups in \`${backup.store.destinationPath}\` and the volumes of step 3 stay.`,
          commands(
            `${data} annotate ${cluster} ${name} --namespace ${namespace} ${deletionAnnotation}=allowed`,
            `${data} delete ${cluster} ${name} --namespace ${namespace}`,
            `${data} wait pvc --namespace ${namespace} --selector ${clusterLabel}=${name} --for=delete --timeout=15m`,
          ),
        ],
        [
          `Let Flux make the new one, and wait for it. What it starts from must be \`recovery\`; where it is \`initdb\`, suspend Flux again, delete this new, empty Cluster as in the step before, and look at the commit; Flux may go on waiting for the empty one for ten minutes.`,
          commands(resume(names, 'data', 'database'), ...newDatabase(names, database)),
          ...byFluxItself(names, [fluxCommand(names, 'data', 'resume', 'database')]),
        ],
        [
          'Look inside before anybody uses it.',
          commands(queryCommand(names, cnpg, databaseName, 'select count(*), max("createdAt") from asset')),
        ],
        [
          'Back up the new database: its folder is empty until then.',
          commands(...backupNow(names, database)),
        ],
        `Take \`restoreFrom\` out of \`${file}\` again and **keep** \`lineage: ${next}\`; run synth, commit, push. As long as it is there, a database that is created again by accident starts from \`${lineage}\` and not from its own backups.`,
        'Bring the server back, see below. When all is well for some days, delete the volumes that step 3 kept.',
      ),
    ],
  };
}

/** The commands that wait for a database that is made, and end where it does not start from a backup. */
export function newDatabase({ data, namespace }: Names, { cnpg: { name } }: BackedDatabase): string[] {
  return [
    `${data} wait ${cluster}/${name} --namespace ${namespace} --for=create --timeout=15m`,
    `${data} get ${cluster} ${name} --namespace ${namespace} --output jsonpath='{.spec.bootstrap}' | grep recovery`,
    `${data} wait ${cluster}/${name} --namespace ${namespace} --for=condition=Ready --timeout=4h`,
  ];
}

/** Nobody writes, and Flux undoes nothing. */
export function stop(names: Names): string[] {
  const { app, namespace, installation } = names;
  return [
    suspend(names, 'app', 'app'),
    ...(installation.database.kind === 'cnpg' ? [suspend(names, 'data', 'database')] : []),
    `${app} scale deployment --namespace ${namespace} --selector app.kubernetes.io/part-of=immich --replicas=0`,
    serverIsGone(names),
  ];
}

/** The lines of the installation file that ask for a restore. */
export function restoreLines({ lineage, next }: BackedDatabase, time = '2026-11-20T03:00:00Z'): string[] {
  return [
    asleep,
    'database:',
    '  cnpg:',
    `    lineage: ${next}`,
    `    restoreFrom: { lineage: ${lineage}, time: "${time}" }`,
  ];
}

function dumps({ installation }: Names): string[] {
  const { database } = installation;
  return database.kind === 'external'
    ? [
        `The database at \`${database.host}\` is restored by the people who run it. Stop the server first, and bring it back afterwards, see below.`,
        'For a dump that Immich made itself, see below.',
      ]
    : ['There is no backup to restore from. For a dump that Immich made itself, see below.'];
}
