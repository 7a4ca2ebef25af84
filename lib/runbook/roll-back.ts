import { backedDatabaseOf, type Names } from './names.ts';
import { restoreLines } from './restore-database.ts';
import { type Section, steps } from './section.ts';

/** How to go back to the version before. */
export function rollBack({ installation, file }: Names): Section {
  const { name, version } = installation;
  const database = backedDatabaseOf(installation);
  return {
    title: 'Roll an upgrade back',
    blocks: [
      'Migrations cannot be undone, and an older Immich does not start on a newer database. Going back is a restore to the moment before the upgrade; photos that were uploaded since then keep their files but lose their rows in the database.',
      steps(
        'Find the moment: the commit that changed `version` was applied some time after it was merged. Take a moment before that.',
        database === undefined
          ? `Ask the people who run the database to restore it to that moment, and write the old \`version\` into \`${file}\` in the meantime.`
          : [
              `Restore the database as above, with the old \`version\` (and the old \`image\` of the database, if that changed) in the same commit of \`${file}\`.`,
              [
                '```yaml',
                'version: <the version before>',
                ...restoreLines(database),
                'accept:',
                `  - { change: "${name}:version:downgrade:${version.text}-><the version before>", because: "the database goes back with it" }`,
                '```',
              ].join('\n'),
              'Synth refuses an older version unless it is accepted, because it is right only together with the restore. Take `accept` out again afterwards.',
            ],
        'Bring the server back, and upload what is missing again: phones do so by themselves.',
      ),
    ],
  };
}
