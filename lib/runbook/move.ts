import { suspend } from './flux.ts';
import { backedDatabaseOf, type Names, queryCommand } from './names.ts';
import { restoreLines, stop } from './restore-database.ts';
import { commands, type Section, steps } from './section.ts';
import { backupNow } from './verify.ts';

/** How to leave for another Kubernetes cluster. */
export function move(names: Names): Section {
  const { installation, file } = names;
  const database = backedDatabaseOf(installation);
  return {
    title: 'Move to another cluster',
    blocks: [
      steps(
        'In the new cluster: install the operators, and create the secrets of the first section with the same values.',
        ['Stop the server in the old cluster, for good.', commands(...stop(names))],
        ...(database === undefined
          ? ['Ask the people who run the database to move it.']
          : [
              [
                'Archive the last of the write-ahead log, and make a last base backup.',
                commands(
                  queryCommand(names, database.cnpg, 'postgres', 'select pg_switch_wal()'),
                  ...backupNow(names, database),
                ),
              ],
              [
                `In a copy of \`${file}\` with another \`name\`, or in the file itself with other \`clusters\`, say where the database starts from; without \`time\` it is the newest moment.`,
                [
                  '```yaml',
                  ...restoreLines(database).slice(0, 3),
                  `    restoreFrom: ${database.lineage}`,
                  '```',
                ].join('\n'),
              ],
            ]),
        'Move the library: let both clusters mount the same NFS export, never at the same time, or restore its backup into the new claim before the server starts there.',
        `Point Flux of the new cluster at the new folder of dist, look inside, and only then point the DNS name ${installation.host} at it.`,
        database === undefined
          ? `Leave the old cluster suspended until you are sure.`
          : `Take \`restoreFrom\` out again. Leave the old cluster suspended (\`${suspend(names, 'data', 'database')}\`) until you are sure: two databases that archive to one folder destroy it, which is why the new one has a lineage of its own.`,
      ),
    ],
  };
}
