import { suspend } from './delivery.ts';
import { type BackedDatabase, backedDatabaseOf, type Names, queryCommand } from './names.ts';
import { rebuildLines } from './rebuild.ts';
import { commands, type Section, steps } from './section.ts';
import { putToSleep } from './sleep.ts';
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
        putToSleep(names),
        [
          'Have Flux leave the old cluster alone from now on.',
          commands(
            suspend(names, 'app', 'app'),
            ...(installation.database.kind === 'cnpg' ? [suspend(names, 'data', 'database')] : []),
          ),
        ],
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
                `Name the new cluster in \`${file}\`, and say where the database starts from; without \`time\` it is the newest moment. Synth refuses another cluster unless that is accepted. The folder of the old cluster goes from dist; its Flux says so, and deletes nothing.`,
                ['```yaml', ...movedLines(names, database), '```'].join('\n'),
              ],
            ]),
        'Move the library: let both clusters mount the same NFS export, never at the same time, or restore its backup into the new claim before the server starts there.',
        `Point Flux of the new cluster at the new folder of dist, where Immich sleeps too; look inside, bring the server back, see below, and only then point the DNS name ${installation.host} at it.`,
        database === undefined
          ? `Leave the old cluster suspended until you are sure.`
          : `Take \`restoreFrom\` and \`accept\` out again. Leave the old cluster suspended (\`${suspend(names, 'data', 'database')}\`) until you are sure: two databases that archive to one folder destroy it, which is why the new one has a lineage of its own.`,
      ),
    ],
  };
}

function movedLines({ plan, installation }: Names, database: BackedDatabase): string[] {
  const { clusters, name } = installation;
  const [app, data] = ['<new cluster>', plan.isRemote ? '<new cluster of the database>' : '<new cluster>'];
  const accepted = (key: string, from: string, to: string) =>
    `  - { change: "${name}:clusters.${key}:rename:${from}->${to}", because: "moved, with the old one stopped" }`;
  return [
    `clusters: { app: "${app}"${plan.isRemote ? `, database: "${data}"` : ''} }`,
    ...rebuildLines(database),
    'accept:',
    accepted('app', clusters.app, app),
    ...(plan.isRemote ? [accepted('database', clusters.database, data)] : []),
  ];
}
