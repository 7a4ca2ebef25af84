import { claimNameOf } from '../installation/volumes.ts';
import { databaseName } from '../names.ts';
import { fetchCommit, fetched } from './flux.ts';
import { type BackedDatabase, backedDatabaseOf, type Names, queryCommand } from './names.ts';
import { newDatabase } from './restore-database.ts';
import { bullets, commands, type Section, steps } from './section.ts';
import { asleep } from './sleep.ts';
import { backupNow } from './verify.ts';

/** How to bring everything back when nothing is left but git and the stores of the backups. */
export function rebuild(names: Names): Section {
  const database = backedDatabaseOf(names.installation);
  const { file } = names;
  return {
    title: 'Rebuild from git',
    blocks: [
      'For the day on which the Kubernetes cluster is gone, and git and the stores of the backups are left.',
      steps(
        'Install the new cluster with the same operators, StorageClasses and Flux, but **do not point Flux at dist yet**. Create the secrets of the first section with the same values.',
        database === undefined
          ? [
              `Write this line into \`${file}\`, run \`npm run synth\`, commit and push: Immich sleeps until you have looked. ${withoutBackup(names)}`,
              ['```yaml', asleep, '```'].join('\n'),
            ]
          : [
              `Write the one commit: into \`${file}\`, what the database starts from. Run \`npm run synth\`, commit and push.`,
              ['```yaml', ...rebuildLines(database), '```'].join('\n'),
              `Without it CloudNativePG makes an empty database. Its folder \`${database.folder}\` is not empty then, so that nothing is archived and Immich is not started on it; but it is one that has to be deleted again, with steps 5 to 7 of a restore. If a rebuild was tried before, write the lineage after the one that it used.`,
            ],
        ['See what becomes of each volume:', bullets(...volumes(names))],
        [
          `Point Flux at dist as at the first time; Immich sleeps until the files are there. ${fetched(names)}`,
          commands(...fetchCommit(names, 'app')),
        ],
        ...(database === undefined ? [] : databaseSteps(names, database)),
        'Restore the files, and make the markers of what has no copy; see "Restore the library".',
        'Bring the server back, see below.',
        ...(database === undefined
          ? []
          : [
              `Take \`restoreFrom\` out of \`${file}\` again and **keep** \`lineage: ${database.next}\`; run synth, commit, push.`,
            ]),
      ),
    ],
  };
}

/** The lines of the installation file that bring a lost database back. */
export function rebuildLines({ lineage, next }: BackedDatabase): string[] {
  return [asleep, 'database:', '  cnpg:', `    lineage: ${next}`, `    restoreFrom: ${lineage}`];
}

function databaseSteps(names: Names, database: BackedDatabase): string[][] {
  return [
    [
      'Wait for the database. What it starts from must be `recovery`; where it is `initdb`, the commit of step 2 is missing.',
      commands(...newDatabase(names, database)),
    ],
    [
      'Look inside before anybody uses it.',
      commands(
        queryCommand(names, database.cnpg, databaseName, 'select count(*), max("createdAt") from asset'),
      ),
    ],
    ['Back up the new database: its folder is empty until then.', commands(...backupNow(names, database))],
  ];
}

function withoutBackup({ installation: { database } }: Names): string {
  return database.kind === 'external'
    ? `See that the database at \`${database.host}\` is there and holds what it should, before anything of Immich starts: on an empty one it begins anew. If it is gone too, restore it first, by a dump if there is nothing else.`
    : 'The database has no backup, and begins empty. Read a dump of Immich before anybody uses it, if there is one.';
}

/** What each volume needs, in the words of its kind. */
function volumes({ installation, plan }: Names): string[] {
  return (['library', 'generated', 'models'] as const).flatMap((key) => {
    const volume = installation.volumes[key];
    if (volume === undefined) return [];
    const claim = `\`${claimNameOf(key, volume)}\``;
    if (volume.kind === 'nfs')
      return [
        `${claim} is the export \`${volume.path}\` of \`${volume.server}\`: as it was, if that server is.`,
      ];
    const comes =
      volume.kind === 'existing'
        ? `${claim} must exist before Flux starts the server: create it by hand`
        : `${claim} comes up empty`;
    if (key === 'generated') return [`${comes}; it needs its markers, and Immich makes its content again.`];
    if (key === 'models') return [`${comes}; machine learning loads its models again.`];
    const isBackedUp = plan.volumeBackups.some((backup) => backup.key === 'library');
    return [
      `${comes}; ${isBackedUp ? 'its backup is restored below' : 'nothing of ours has a copy, bring the files back from where you keep them'}. With the restored database Immich does not start as long as it is empty.`,
    ];
  });
}
