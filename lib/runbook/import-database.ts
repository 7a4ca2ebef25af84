import { clusterLabel } from '../cnpg/names.ts';
import type { Cnpg } from '../installation/cnpg.ts';
import type { ImportFrom } from '../installation/import-from.ts';
import { databaseName, dumpImportName } from '../names.ts';
import { fetchCommit, fetchRevision } from './delivery.ts';
import { type Names, primaryOf, queryCommand } from './names.ts';
import { commands, type Section, steps } from './section.ts';
import { asleep } from './sleep.ts';
import { proveBackup } from './verify.ts';

const cluster = 'clusters.postgresql.cnpg.io';

/** How a database moves in from elsewhere, while the file asks for it. */
export function importDatabase(names: Names): Section | undefined {
  const { database } = names.installation;
  if (database.kind !== 'cnpg') return undefined;
  const { importFrom, importDump } = database.cnpg;
  if (importDump !== undefined) return readDump(names, database.cnpg, importDump);
  return importFrom === undefined ? undefined : importOverTheWire(names, database.cnpg, importFrom);
}

/** A Job reads a dump that lies in the library. */
function readDump(names: Names, cnpg: Cnpg, dump: string): Section {
  const { data, namespace, file } = names;
  const pods = `--namespace ${namespace} --selector app.kubernetes.io/name=${dumpImportName}`;
  return {
    title: 'Import the database',
    blocks: [
      `The Job \`${dumpImportName}-...\` reads \`${dump}\` of the library into the new database \`${cnpg.name}\`, as its owner and in one transaction, before Immich starts. It only reads the library, and a database that people are in stays as it is.`,
      steps(
        'In the old Immich, make the dump last of all (Administration > Jobs, "Create job", "Create database dump"), and stop it as soon as that is there: what is uploaded after it is missing. **Way back, until people use the new one:** start the old Immich again.',
        `See that the volume of the library has the files of the old one, or is the same volume, and the dump at \`${dump}\`. Run synth, review, commit and push.`,
        [
          'Wait for the Job, and read what it says: how many users and photos it has read, or why it did not.',
          commands(
            ...fetchCommit(names, 'data'),
            `${data} wait pods ${pods} --for=create --timeout=30m`,
            `${data} wait pods ${pods} --for=jsonpath='{.status.phase}'=Succeeded --timeout=12h`,
            `${data} logs ${pods} --tail 20`,
          ),
          'Where it refuses, mend what it says, and delete it; Flux makes it again.',
          commands(
            `${data} get jobs.batch --namespace ${namespace} --output name | grep ${dumpImportName} | xargs ${data} delete --namespace ${namespace}`,
          ),
        ],
        ...proveBackup(names),
        `Look at old photos, search, upload one. Then take \`importFrom\` out of \`${file}\`; run synth, commit, push.`,
      ),
    ],
  };
}

function importOverTheWire(names: Names, cnpg: Cnpg, importFrom: ImportFrom): Section {
  const { version, volumes } = names.installation;
  const { data, namespace, file } = names;
  const { name } = cnpg;
  const old = `\`${importFrom.database}\` at \`${importFrom.host}:${importFrom.port}\``;
  return {
    title: 'Import the database',
    blocks: [
      `CloudNativePG fills the new database \`${name}\` from ${old} when it makes it: \`pg_dump\`, then \`pg_restore\`, over the network. The old one is only read. Until people use the new one, the way back is always the same: start the old Immich again.`,
      steps(
        `Bring the old Immich to ${version.text}, let it start once, and back its database up the way you always did. **Way back:** that backup.`,
        `Stop the old Immich, so that nothing is written any more; its PostgreSQL keeps running. **Way back:** start it again.`,
        `See that \`${file}\` says \`${asleep}\`, and that the volume of the library (\`${volumes.library.claim ?? 'immich-library'}\`) has the files of the old one, or is the same volume. Create the Secret \`${importFrom.password.secret}\`; run \`npx immich-cdk8s synth\`, review, commit and push.`,
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
        ...proveBackup(names),
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
