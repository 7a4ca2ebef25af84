import { undecided, type VolSyncBackup } from '../installation/volume-backup.ts';
import { moverNameOf, resticSecretOf, type VolumeBackupPlan } from '../installation/volume-backups.ts';
import { ownerOf } from '../installation/volume-owner.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { podSecurity } from '../kubernetes/hardened.ts';
import { lookInto, makeMarkers } from './look-into-volume.ts';
import type { Names } from './names.ts';
import { commands, type Section } from './section.ts';
import { asleep } from './sleep.ts';

/** The folders that Immich marks. */
const libraryFolders = ['upload', 'library', 'profile', 'thumbs', 'encoded-video', 'backups'];

/** Those of them that a volume of their own holds, where there is one. */
const generatedFolders = ['thumbs', 'encoded-video'];

/** How to bring the files back. */
export function restoreFiles(names: Names): Section {
  const { installation } = names;
  const plans = names.plan.volumeBackups;
  const { library, generated } = installation.volumes;
  const hasBackup = plans.some(({ key }) => key === 'library');
  return {
    title: 'Restore the library',
    blocks: [
      ...(hasBackup
        ? []
        : [
            `The library, the claim \`${claimNameOf('library', library)}\`, has no backup of ours${library.reason === undefined || library.reason === undecided ? '' : `: ${library.reason}`}. Restore it the way you back it up, with the server stopped.`,
          ]),
      ...plans.flatMap((plan) => blocksOf(names, plan)),
      `Immich marks the folders of its library with a file \`.immich\` in each, and refuses to start when one is missing: that is how it notices an empty volume. No pod of ours ever makes one. Look first what is mounted, with the server stopped by \`${asleep}\` in \`${names.file}\`:`,
      lookInto(names, claimNameOf('library', library)),
      `If, and only if, the photos are there and the markers are not, make them. Where it is empty, restore the files first; the markers are among them.`,
      makeMarkers(
        names,
        generated === undefined
          ? libraryFolders
          : libraryFolders.filter((folder) => !generatedFolders.includes(folder)),
      ),
      ...(generated === undefined
        ? []
        : [
            `The claim \`${claimNameOf('generated', generated)}\` needs no restore, only its markers: with a new, empty volume the server ends with \`Failed to read (.../encoded-video/.immich)\`. Look first, the volume that is mounted must be the new one and not one that another claim was meant to have:`,
            lookInto(names, claimNameOf('generated', generated)),
            'Then make the markers, and start the server; Administration > Jobs makes missing thumbnails and videos again.',
            makeMarkers(names, generatedFolders),
          ]),
    ],
  };
}

function blocksOf(names: Names, plan: VolumeBackupPlan): string[] {
  const { backup, claim, schedule } = plan;
  switch (backup.kind) {
    case 'longhorn':
      return [
        `\`${claim}\` is backed up by Longhorn, ${schedule.words}. With the server stopped: restore the backup in Longhorn's interface to a new volume, create a PersistentVolume for it, and copy the files into the claim from a pod that mounts both. Replacing the claim itself means deleting it, which the delete guard refuses for good reason.`,
      ];
    case 'volsync':
      return [
        `\`${claim}\` is backed up by VolSync, ${schedule.words}. With the server stopped, this writes the files of the last backup before \`restoreAsOf\` into the claim; files that are newer stay. Leave \`restoreAsOf\` out for the last backup.`,
        commands(...destination(names, { ...plan, backup })),
        commands(
          `${names.app} wait replicationdestinations.volsync.backube/${claim} --namespace ${names.namespace} --for=jsonpath='{.status.lastManualSync}'=once --timeout=24h`,
          `${names.app} delete replicationdestinations.volsync.backube ${claim} --namespace ${names.namespace}`,
        ),
      ];
  }
}

function destination(
  { app, namespace, installation }: Names,
  { claim, backup, key }: VolumeBackupPlan & { readonly backup: VolSyncBackup },
): string[] {
  const { user, group } = ownerOf(installation, key);
  return [
    `${app} apply --filename - <<EOF`,
    'apiVersion: volsync.backube/v1alpha1',
    'kind: ReplicationDestination',
    `metadata: { name: ${claim}, namespace: ${namespace} }`,
    'spec:',
    '  trigger: { manual: once }',
    '  restic:',
    `    repository: ${resticSecretOf(installation, { claim, backup }).name}`,
    `    destinationPVC: ${claim}`,
    '    copyMethod: Direct',
    '    restoreAsOf: "2026-11-20T04:00:00Z"',
    `    moverPodLabels: { app.kubernetes.io/name: ${moverNameOf(claim)} }`,
    `    moverSecurityContext: ${JSON.stringify(podSecurity(user, group))}`,
    'EOF',
  ];
}
