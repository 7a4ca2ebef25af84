import { clusterLabel } from '../cnpg/names.ts';
import type { Cnpg } from '../installation/cnpg.ts';
import type { ImportFrom } from '../installation/import-from.ts';
import { databaseName } from '../names.ts';
import { fetchCommit, fetchRevision } from './delivery.ts';
import { backedDatabaseOf, type Names, primaryOf, queryCommand } from './names.ts';
import { commands, type Section, steps } from './section.ts';
import { asleep } from './sleep.ts';
import { backupNow } from './verify.ts';

const cluster = 'clusters.postgresql.cnpg.io';

/** How a database moves in from elsewhere, while the file asks for it. */
export function importDatabase(names: Names): Section | undefined {
  const { database, version, volumes } = names.installation;
  if (database.kind !== 'cnpg' || database.cnpg.importFrom === undefined) return undefined;
  const { cnpg } = database;
  const { importFrom } = database.cnpg;
  const { data, namespace, file } = names;
  const { name } = cnpg;
  const backed = backedDatabaseOf(names.installation);
  const old = `\`${importFrom.database}\` at \`${importFrom.host}:${importFrom.port}\``;
  return {
    title: 'Import the database',
    blocks: [
      `CloudNativePG fills the new database \`${name}\` from ${old} when it makes it: \`pg_dump\`, then \`pg_restore\`, over the network. The old one is only read. Until people use the new one, the way back is always the same: start the old Immich again.`,
      steps(
        `Bring the old Immich to ${version.text}, let it start once, and back its database up the way you always did. **Way back:** that backup.`,
        `Stop the old Immich, so that nothing is written any more; its PostgreSQL keeps running. **Way back:** start it again.`,
        `See that \`${file}\` says \`${asleep}\`, and that the volume of the library (\`${volumes.library.claim ?? 'immich-library'}\`) has the files of the old one, or is the same volume. Create the Secret \`${importFrom.password.secret}\`; run \`npm run synth\`, review, commit and push.`,
        [
          `Let Flux make the database, and wait. ${fetchRevision(names)}`,
          commands(
            ...fetchCommit(names, 'data'),
            `${data} wait ${cluster}/${name} --namespace ${namespace} --for=create --timeout=15m`,
            `${data} get ${cluster} ${name} --namespace ${namespace} --output jsonpath='{.spec.bootstrap}' | grep import`,
            `${data} wait ${cluster}/${name} --namespace ${namespace} --for=condition=Ready --timeout=4h`,
          ),
          'Where it does not become Ready, the log of the import says why: a login, a way through the network, an extension that is missing, no room.',
          commands(
            `${data} logs --namespace ${namespace} --selector ${clusterLabel}=${name},cnpg.io/jobRole=import --all-containers --tail 100`,
          ),
          `**Way back:** delete this Cluster on purpose, see below; the old database was only read.`,
        ],
        [
          'Compare the rows of every table, in the old database and in the new one. The last command prints nothing when they are the same.',
          commands(...comparison(names, cnpg, importFrom)),
          '**Do not go on** where it prints something: the old Immich still wrote, or something is missing.',
        ],
        [
          'See that the extensions are those of the new image.',
          commands(queryCommand(names, cnpg, databaseName, 'select extname, extversion from pg_extension')),
        ],
        ...(backed === undefined
          ? []
          : [
              [
                'Back up the new database: nothing of it is in the store yet.',
                commands(...backupNow(names, backed)),
              ],
            ]),
        `Bring the server back, see below.${importFrom.extension === 'vector' ? ' Immich finds VectorChord and makes its indexes anew, which takes minutes for a large library.' : ''} Look at old photos, search, upload one. **Way back:** stop it, and start the old Immich; what was uploaded since is missing there.`,
        `Take \`importFrom\` out of \`${file}\`; run synth, commit, push. Keep the old database, stopped, until the first restore drill has succeeded.`,
      ),
    ],
  };
}

/** A query that counts the rows of every table of Immich, whatever its version calls them. */
export const countEveryTable = [
  "select relname, (xpath('/row/rows/text()', query_to_xml(format('select count(*) as rows from public.%I', relname), false, true, '')))[1]::text",
  "from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname;",
];

function comparison(names: Names, cnpg: Cnpg, from: ImportFrom): string[] {
  const { data, namespace } = names;
  const inPrimary = `${data} exec --stdin --namespace ${namespace} ${primaryOf(names, cnpg)} --container postgres --`;
  const plain = '--no-psqlrc --tuples-only --no-align';
  const { secret, key } = from.password;
  // To count, it is enough that nobody listens: what proves the server is its certificate in the import itself.
  const mode = from.sslmode === 'disable' ? 'disable' : 'require';
  return [
    "cat > count.sql <<'EOF'",
    ...countEveryTable,
    'EOF',
    `{ ${data} get secret ${secret} --namespace ${namespace} --output go-template='{{index .data "${key}" | base64decode}}{{"\\n"}}'; cat count.sql; } | \\`,
    `  ${inPrimary} sh -c 'read -r PGPASSWORD; export PGPASSWORD PGSSLMODE=${mode}; exec psql "$@"' psql \\`,
    `  --host ${word(from.host)} --port ${from.port} --username ${word(from.username)} --dbname ${word(from.database)} ${plain} > old.txt`,
    `${inPrimary} psql ${databaseName} ${plain} < count.sql > new.txt`,
    'test -s old.txt && diff old.txt new.txt',
  ];
}

/** A text as one word of a shell. */
function word(text: string): string {
  return /^[-\w.:]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
