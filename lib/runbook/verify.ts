import { barmanPlugin } from '../cnpg/names.ts';
import { checksOf } from '../drill/checks.ts';
import type { DrillPlan } from '../drill/drill-plan.ts';
import { exitCodes } from '../drill/scripts.ts';
import { type BackedDatabase, backedDatabaseOf, type Names, queryCommand } from './names.ts';
import { commands, type Section, type Step, table } from './section.ts';
import { fileDrillBlocks } from './verify-file-drill.ts';
import { verifyFiles } from './verify-files.ts';

/** How to see whether the backups are good: what is there, and a restore that is looked into. */
export function verify(names: Names): Section {
  const database = backedDatabaseOf(names.installation);
  if (database === undefined) {
    return {
      title: 'Is the backup good?',
      blocks: [withoutBackup(names), ...drillBlocks(names), ...fileDrillBlocks(names), ...verifyFiles(names)],
    };
  }
  const { data, namespace, drill } = names;
  const { cnpg, backup, folder } = database;
  return {
    title: 'Is the backup good?',
    blocks: [
      `Base backups are made ${backup.schedule.words}, into the folder \`${folder}\` below \`${backup.store.destinationPath}\`, and the write-ahead log goes there all the time. The last backup, and how far back it reaches:`,
      commands(
        `${data} get backups.postgresql.cnpg.io --namespace ${namespace} --sort-by .metadata.creationTimestamp`,
        ...(backup.method === 'plugin'
          ? [
              `${data} get objectstores.barmancloud.cnpg.io ${cnpg.name} --namespace ${namespace} --output jsonpath='{.status.serverRecoveryWindow}'`,
            ]
          : [
              `${data} get clusters.postgresql.cnpg.io ${cnpg.name} --namespace ${namespace} --output jsonpath='{.status.firstRecoverabilityPoint} {.status.lastSuccessfulBackup}'`,
            ]),
      ),
      'Whether the write-ahead log is archived now. `ContinuousArchiving=True` alone proves nothing: a database without any backup says it too.',
      commands(
        queryCommand(
          names,
          cnpg,
          'postgres',
          'select last_archived_time, failed_count, last_failed_time from pg_stat_archiver',
        ),
      ),
      'A base backup outside of the schedule:',
      commands(...backupNow(names, database)),
      ...(drill === undefined
        ? [
            `There is no drill: restore by hand into a database of another name now and then, and look inside. Flux keeps the namespace of an earlier drill, such as \`${namespace}-drill\`; delete it by hand.`,
          ]
        : drillBlocks(names)),
      ...fileDrillBlocks(names),
      ...verifyFiles(names),
    ],
  };
}

/** The commands that make a base backup at once, and wait until it is complete. */
export function backupNow({ data, namespace }: Names, { cnpg, backup }: BackedDatabase): string[] {
  return [
    `backup=$(${data} create --output name --filename - <<EOF`,
    'apiVersion: postgresql.cnpg.io/v1',
    'kind: Backup',
    `metadata: { generateName: ${cnpg.name}-by-hand-, namespace: ${namespace} }`,
    'spec:',
    `  cluster: { name: ${cnpg.name} }`,
    ...(backup.method === 'plugin'
      ? ['  method: plugin', `  pluginConfiguration: { name: ${barmanPlugin} }`]
      : ['  method: barmanObjectStore']),
    'EOF',
    ')',
    `${data} wait "$backup" --namespace ${namespace} --for=jsonpath='{.status.phase}'=completed --timeout=4h`,
  ];
}

/** The commands that restore the newest backup and look inside, at once. */
function drillNow(kubectl: string, { name, namespace }: DrillPlan): string[] {
  return [
    `${kubectl} create job drill-by-hand --namespace ${namespace} --from=cronjob/${name}`,
    `until ${kubectl} get job drill-by-hand --namespace ${namespace} --output jsonpath='{.status.conditions[*].type}' | grep --extended-regexp --word-regexp 'Complete|Failed'; do sleep 10; done`,
    `${kubectl} logs job/drill-by-hand --namespace ${namespace} --container restore`,
    `${kubectl} logs job/drill-by-hand --namespace ${namespace} --container look`,
    `${kubectl} logs job/drill-by-hand --namespace ${namespace} --container report`,
    `${kubectl} delete job drill-by-hand --namespace ${namespace}`,
  ];
}

/** The steps of a runbook that prove a database which has just moved in: a backup, and a drill on it. */
export function proveBackup(names: Names): readonly Step[] {
  const database = backedDatabaseOf(names.installation);
  if (database === undefined) return [];
  const backup: Step = [
    'Back up the new database: nothing of it is in the store yet.',
    commands(...backupNow(names, database)),
  ];
  return names.drill === undefined
    ? [backup]
    : [
        backup,
        [
          'Let the drill restore that backup and look inside: `look` says what it found, and `report` what is wrong.',
          commands(...drillNow(names.data, names.drill)),
        ],
      ];
}

function drillBlocks({ data, drill }: Names): string[] {
  if (drill === undefined) return [];
  const { name, namespace } = drill;
  return [
    `The drill restores the newest backup into the namespace \`${namespace}\` ${drill.drill.schedule.words} UTC, looks inside and deletes it again. Its last results, also without Prometheus:`,
    commands(
      `${data} get cronjobs.batch ${name} --namespace ${namespace} --output jsonpath='{.status.lastSuccessfulTime}'`,
      `${data} get jobs.batch --namespace ${namespace}`,
      `${data} get events --namespace ${namespace} --field-selector involvedObject.kind=Job`,
    ),
    'A drill now. Its last line says how long the restore took and which moment it came back to:',
    commands(...drillNow(data, drill)),
    'The exit code of the container `report` says what is wrong:',
    table(
      ['Code', 'Meaning'],
      [
        ...failures,
        ...checksOf(drill.expectations).map(({ code, name: check }): [string, string] => [
          String(code),
          `\`${check}\`: ${meanings[check] ?? check}`,
        ]),
      ],
    ),
    'Rows that were deleted on purpose fail one drill, and the next one compares with what is there then; up to twenty rows of a table are passed over.',
    'Every second drill restores to a random moment of those that earlier ones have seen, where a missing file of the write-ahead log ends it; it asks what holds at any moment, and its line says which moment that was.',
  ];
}

const failures: [string, string][] = [
  [
    String(exitCodes.notCreated),
    'The throw-away database could not be created: another drill runs, or the operator is away.',
  ],
  [
    String(exitCodes.notRestored),
    'The restore did not end in time: look at the pods while it runs; wrong credentials and a wrong folder look like this.',
  ],
  [String(exitCodes.unrecoverable), 'CloudNativePG gave up: the backup is not there, or not whole.'],
  [String(exitCodes.unreachable), 'The restored database does not answer.'],
  [String(exitCodes.unchecked), 'The checks did not run to their end.'],
];

const meanings: { readonly [check: string]: string } = {
  extensions: 'an extension is missing, or of another version.',
  tables: 'tables of this version of Immich are missing.',
  content: 'no users or no assets: an empty database was backed up.',
  newest: 'nothing in it is recent: newer backups are missing.',
  rows: 'a table has lost rows since the last drill that counted them.',
  vectors: 'a search does not use its vector index, or fails.',
  paths: 'assets lie outside of the media location.',
  identity: 'another database archives to this folder than before: give it a lineage of its own.',
  photos: 'no photo has come for long: see whether phones still upload.',
  search:
    'search finds nothing in other alphabets than that of English, although the database was made for them.',
};

function withoutBackup({ installation }: Names): string {
  const { database } = installation;
  return database.kind === 'external'
    ? `The database at \`${database.host}\` is backed up by whoever runs it: ask them when it was last restored. Immich can dump it into the library at night (Administration > Settings > Backup); that dump lies on the same volume as the photos, and is a copy, no backup.`
    : `The database has no backup: ${database.cnpg.reason ?? 'no reason was written down'}.`;
}
