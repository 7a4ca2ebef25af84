import { clusterLabel, instanceRoleLabel } from '../cnpg/names.ts';
import { beforeDump, clusterDumpMark, dumpFilter, triedRestoreButtons } from '../immich/dump.ts';
import { databaseName } from '../names.ts';
import type { Names } from './names.ts';
import { commands, type Section, steps } from './section.ts';
import { putToSleep } from './sleep.ts';

/** How to bring a dump back that Immich itself made. */
export function restoreDump(names: Names): Section {
  const { app, namespace, server, installation } = names;
  const { database, mediaLocation } = installation;
  const folder = `${mediaLocation}/backups`;
  const inServer = `${app} exec --namespace ${namespace} deployment/${server} --`;
  return {
    title: 'Restore a dump that Immich made',
    blocks: [
      `Where Immich dumps its database into the library at night, the dumps are in \`${folder}\`; the name of each has its date, and the version of Immich that made it. A dump holds no photo, and what happened after it is lost. It is read in one transaction: when anything in it fails, the database stays as it was.`,
      '**A dump of v2.4 or older is another kind of file.** It deletes the whole database first and then makes it anew, which only a superuser may: with any other login, the database is gone. Step 2 tells them apart; never read such a file with the commands here. Restore it with that version of Immich, on a PostgreSQL of its own where the login is a superuser.',
      ...button(names),
      steps(
        [
          'Copy the dump while the server runs; if it does not, take the file from the volume.',
          commands(`${inServer} ls -l ${folder}`, `${inServer} cat ${folder}/<name>.sql.gz > dump.sql.gz`),
        ],
        [
          'See what kind of dump it is. When this prints a line, stop: it is of v2.4 or older.',
          commands(`gunzip --stdout dump.sql.gz | head -20 | grep '${clusterDumpMark}'`),
        ],
        putToSleep(names),
        [
          'Leave the extensions out of the dump, which only a superuser may make.',
          commands(`gunzip --stdout dump.sql.gz | sed --regexp-extended "${dumpFilter}" > dump.sql`),
        ],
        [
          database.kind === 'cnpg'
            ? 'Read it: a superuser makes the extensions, all the rest is done as the owner.'
            : `Read it, with the login of a superuser of \`${database.host}\` in place of \`postgres\`: it makes the extensions, all the rest is done as the owner. Its \`psql\` must not be older than the server.`,
          commands(...readDump(names)),
        ],
        'Bring the server back, see below. Immich of a newer version than the dump migrates it at the first start.',
      ),
      database.kind === 'cnpg'
        ? ''
        : `Where no superuser can run \`psql\`, one can make the login a superuser for the time of the restore: \`alter role "${database.username}" superuser\` before, \`alter role "${database.username}" nosuperuser\` after. Then the dump is read whole, with that login; extensions belong to it from then on.`,
    ].filter((block) => block !== ''),
  };
}

function readDump({ data, namespace, installation }: Names): string[] {
  const { database } = installation;
  const options = '--quiet --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction';
  const [program, owner] =
    database.kind === 'cnpg'
      ? [
          `${data} exec --stdin --namespace ${namespace} $(${data} get pod --namespace ${namespace} --selector ${clusterLabel}=${database.cnpg.name},${instanceRoleLabel}=primary --output name) --container postgres -- psql ${databaseName}`,
          databaseName,
        ]
      : [
          `psql --host ${database.host} --port ${database.port} --username postgres ${database.database}`,
          database.username,
        ];
  return [
    `${program} ${options} \\`,
    ...beforeDump(owner).map((sql) => `  --command '${sql}' \\`),
    '  --file - < dump.sql',
  ];
}

/** What is known of the button in the web interface, where it was tried with this version. */
function button({ app, namespace, server, installation: { version } }: Names): string[] {
  return triedRestoreButtons.includes(version.text)
    ? [
        `The button in Administration > Maintenance fails in ${version.text} unless the login is a superuser: it loses nothing, and leaves the server in maintenance mode, where nobody gets in. To leave that: \`${app} exec --namespace ${namespace} deployment/${server} -- immich-admin disable-maintenance-mode\`.`,
      ]
    : [];
}
