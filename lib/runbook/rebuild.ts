import { canPopulate, populationName } from '../installation/volume-backups.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { databaseName } from '../names.ts';
import { fetchCommit, fetchRevision } from './delivery.ts';
import { type BackedDatabase, backedDatabaseOf, type Names, queryCommand } from './names.ts';
import { newDatabase } from './restore-database.ts';
import { bullets, commands, type Section, steps } from './section.ts';
import { asleep } from './sleep.ts';
import { backupNow } from './verify.ts';

/** How to bring everything back when nothing is left but git and the stores of the backups. */
export function rebuild(names: Names): Section {
  const database = backedDatabaseOf(names.installation);
  const { file } = names;
  const filled = populateLines(names);
  return {
    title: 'Rebuild from git',
    blocks: [
      'For the day on which the Kubernetes cluster is gone, and git and the stores of the backups are left.',
      steps(
        'Install the new cluster with the same operators, StorageClasses and Flux, but **do not point Flux at dist yet**. Create the secrets of the first section with the same values.',
        database === undefined
          ? [
              `Write the one commit: into \`${file}\`, ${filled.length === 0 ? 'this line' : 'what the volumes start from'}. Run \`npx immich-cdk8s synth\`, commit and push: Immich sleeps until you have looked. ${withoutBackup(names)}`,
              ['```yaml', asleep, ...filled, '```'].join('\n'),
            ]
          : [
              `Write the one commit: into \`${file}\`, what the database${filled.length === 0 ? '' : ' and the volumes'} start${filled.length === 0 ? 's' : ''} from. Run \`npx immich-cdk8s synth\`, commit and push.`,
              ['```yaml', ...rebuildLines(database), ...filled, '```'].join('\n'),
              `Without it CloudNativePG makes an empty database. Its folder \`${database.folder}\` is not empty then, so that nothing is archived and Immich is not started on it; but it is one that has to be deleted again, with steps 5 to 7 of a restore. If a rebuild was tried before, write the lineage after the one that it used.`,
            ],
        ['See what becomes of each volume:', bullets(...volumes(names))],
        [
          `Point Flux at dist as at the first time; Immich sleeps until the files are there. ${fetchRevision(names)}`,
          commands(...fetchCommit(names, 'app')),
        ],
        ...(database === undefined ? [] : databaseSteps(names, database)),
        ...(filled.length === 0 ? [] : [waitForFiles(names)]),
        filesStep(names),
        'Bring the server back, see below.',
        ...(database === undefined
          ? []
          : [
              `Take \`restoreFrom\` out of \`${file}\` again and **keep** \`lineage: ${database.next}\`; run synth, commit, push.`,
            ]),
        ...leftOver(names),
      ),
    ],
  };
}

/** The lines of the installation file that bring a lost database back. */
export function rebuildLines({ lineage, next }: BackedDatabase): string[] {
  return [asleep, 'database:', '  cnpg:', `    lineage: ${next}`, `    restoreFrom: ${lineage}`];
}

/** The lines by which VolSync fills the claims from their backups. */
function populateLines(names: Names): string[] {
  const filled = populatedOf(names);
  return filled.length === 0
    ? []
    : ['volumes:', ...filled.flatMap(({ key }) => [`  ${key}:`, '    populate: { volsync: {} }'])];
}

function populatedOf({ plan }: Names) {
  return plan.volumeBackups.filter(canPopulate);
}

/** The claims themselves may wait for the first pod that mounts them. */
function waitForFiles(names: Names): string[] {
  const { app, namespace } = names;
  return [
    'Wait for the files: VolSync writes each backup into a snapshot, and the claim starts as that when it is first mounted.',
    commands(
      ...populatedOf(names).map(
        ({ claim }) =>
          `${app} wait replicationdestinations.volsync.backube/${populationName(claim)} --namespace ${namespace} --for=jsonpath='{.status.lastManualSync}'=once --timeout=24h`,
      ),
    ),
  ];
}

function filesStep(names: Names): string {
  const isFilled = populatedOf(names).some(({ key }) => key === 'library');
  return isFilled
    ? 'Look into the library, and make the markers of what has no copy; see "Restore the library".'
    : 'Restore the files, and make the markers of what has no copy; see "Restore the library".';
}

/** What is left in the file when everything is back. */
function leftOver(names: Names): string[] {
  return populatedOf(names).map(
    ({ key, claim }) =>
      `**Keep** \`populate\` of \`volumes.${key}\` as long as this claim lives: Kubernetes refuses to take it off. To let VolSync's snapshot go, write \`populate: { dataSourceRef: { apiGroup: volsync.backube, kind: ReplicationDestination, name: ${populationName(claim)} } }\`, which leaves the claim as it is.`,
  );
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
function volumes(names: Names): string[] {
  const { installation, plan } = names;
  return (['library', 'generated', 'models'] as const).flatMap((key) => {
    const volume = installation.volumes[key];
    if (volume === undefined) return [];
    const claim = `\`${claimNameOf(key, volume)}\``;
    if (volume.kind === 'nfs') {
      return [
        `${claim} is the export \`${volume.path}\` of \`${volume.server}\`: as it was, if that server is.`,
      ];
    }
    if (populatedOf(names).some((backup) => backup.key === key)) {
      return [
        `${claim} is filled from its last backup when it is made; until then Immich waits. Where its storage class cannot make snapshots, leave \`populate\` out and restore it below.`,
      ];
    }
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
