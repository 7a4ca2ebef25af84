import { fileExitCodes } from '../drill/file-drill-script.ts';
import { extremes } from '../drill/sample.ts';
import type { Names } from './names.ts';
import { commands, table } from './section.ts';

/** How to see what the drill of files says, and how to start one. */
export function fileDrillBlocks({ data, drill, fileDrill }: Names): string[] {
  if (drill === undefined || fileDrill === undefined) return [];
  const { name, namespace, files } = fileDrill;
  return [
    `The drill of files reads photos out of the newest snapshot of the library ${files.schedule.words} UTC, the ${extremes} newest, the ${extremes} oldest and ${files.random} others each time, and compares them with the checksums that Immich had in the restored database: each restore drill of everything leaves a list of them. Files above 1Gi and those of external libraries are not among them. Its last results:`,
    commands(
      `${data} get cronjobs.batch ${name} --namespace ${namespace} --output jsonpath='{.status.lastSuccessfulTime}'`,
      `${data} logs --namespace ${namespace} --selector app.kubernetes.io/name=${name} --tail 100`,
    ),
    'A drill of files now, while no restore drill runs:',
    commands(
      `${data} create job file-drill-by-hand --namespace ${namespace} --from=cronjob/${name}`,
      `until ${data} get job file-drill-by-hand --namespace ${namespace} --output jsonpath='{.status.conditions[*].type}' | grep --extended-regexp --word-regexp 'Complete|Failed'; do sleep 10; done`,
      `${data} logs job/file-drill-by-hand --namespace ${namespace}`,
      `${data} delete job file-drill-by-hand --namespace ${namespace}`,
    ),
    'Its exit code says what is wrong:',
    table(
      ['Code', 'Meaning'],
      Object.entries(meanings).map(([failure, meaning]) => [
        String(Object.entries(fileExitCodes).find(([one]) => one === failure)?.[1]),
        meaning,
      ]),
    ),
  ];
}

const meanings: { readonly [failure in keyof typeof fileExitCodes]: string } = {
  unset: 'The Secret of the repository is not there, or a key of it.',
  noList:
    'There is no list of files, or not all of it: no restore drill that restored everything has succeeded yet.',
  unopened:
    'The repository could not be opened: its address, its password or the keys of the store are wrong.',
  hanging: 'The store did not answer in time.',
  outdated: 'There is no snapshot, or none that is new enough: see VolSync below.',
  changed:
    'Files have other bytes than Immich was given. Compare them with the library itself: if that has them right, the backup is damaged; if not, something writes into the library, or its disk fails. Keep old snapshots until you know.',
  unreadable:
    'Files cannot be read: the repository is damaged. `restic check --read-data-subset=1%` says more.',
  missing: 'Files are not there, and were not there when the list was made: they were never backed up.',
  fewer:
    'Most files of the list are gone from the newest snapshot: they were deleted, a storage template has moved them, or an empty volume was backed up. Look before old snapshots are pruned; the next restore drill leaves a new list.',
};
