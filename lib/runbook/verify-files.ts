import { resticImage } from '../installation/file-drill.ts';
import type { VolSyncBackup } from '../installation/volume-backup.ts';
import { moverNameOf, resticSecretOf, type VolumeBackupPlan } from '../installation/volume-backups.ts';
import { ownerOf } from '../installation/volume-owner.ts';
import { containerSecurity, podSecurity } from '../kubernetes/hardened.ts';
import { credentialsFile, credentialsOf } from '../kubernetes/restic.ts';
import { longhornNamespace } from '../names.ts';
import { backedDatabaseOf, type Names, queryCommand } from './names.ts';
import { commands } from './section.ts';

/** How to see whether the backups of files are good. */
export function verifyFiles(names: Names): string[] {
  return names.plan.volumeBackups.flatMap((plan) => {
    const { backup } = plan;
    return backup.kind === 'volsync' ? volSync(names, { ...plan, backup }) : longhorn(names, plan);
  });
}

function longhorn({ app, namespace }: Names, { claim, schedule }: VolumeBackupPlan): string[] {
  const volume = `$(${app} get pvc ${claim} --namespace ${namespace} --output jsonpath='{.spec.volumeName}')`;
  return [
    `The files of \`${claim}\` are backed up by Longhorn ${schedule.words}. Whether its backup target is there, and the backups with their states and times:`,
    commands(
      `${app} get backuptargets.longhorn.io --namespace ${longhornNamespace}`,
      `${app} get backups.longhorn.io --namespace ${longhornNamespace} --selector backup-volume=${volume} --output custom-columns=NAME:.metadata.name,STATE:.status.state,MADE:.status.backupCreatedAt,ERROR:.status.error`,
    ),
    "A backup that is `Completed` has never been read. Restore one to a new volume now and then, in Longhorn's interface, and look at some photos in it.",
  ];
}

type VolSyncPlan = VolumeBackupPlan & { readonly backup: VolSyncBackup };

/** A test runs the commands of this chapter with Debian's restic. */
const pod = 'restic-by-hand';

function volSync(names: Names, plan: VolSyncPlan): string[] {
  const { app, namespace } = names;
  const { claim, schedule } = plan;
  const restic = `${app} exec ${pod} --namespace ${namespace} -- restic`;
  return [
    `The files of \`${claim}\` are backed up by VolSync ${schedule.words}. When it last ended, how long it took, and when the next is due; and what its mover says while it runs:`,
    commands(
      `${app} get replicationsources.volsync.backube ${claim} --namespace ${namespace} --output jsonpath='{.status.lastSyncTime} {.status.lastSyncDuration} {.status.nextSyncTime} {.status.latestMoverStatus.result}'`,
      `${app} logs job/volsync-src-${claim} --namespace ${namespace}`,
    ),
    'To look into the repository itself, a pod with restic and the same Secret:',
    commands(...resticPod(names, plan)),
    'The newest snapshots, and a hundredth of everything read again and compared with its checksums:',
    commands(`${restic} snapshots --latest 3`, `${restic} check --read-data-subset=1%`),
    ...(plan.key === 'library' ? sample(names, restic) : []),
    'A mover that was killed leaves a lock, and every later one that wants to prune ends with `unable to create lock`. Half an hour after it, and only while no mover runs:',
    commands(`${restic} unlock`, `${restic} list locks`),
    'When you are done:',
    commands(`${app} delete pod ${pod} --namespace ${namespace}`),
  ];
}

function resticPod({ app, namespace, installation }: Names, { claim, key, backup }: VolSyncPlan): string[] {
  const { user, group } = ownerOf(installation, key);
  const secret = resticSecretOf(installation, { claim, backup });
  const { isFile, path, folder } = credentialsOf(secret.keys);
  const mounts = [
    '{ name: cache, mountPath: /cache }',
    ...(isFile ? [`{ name: credentials, mountPath: ${folder}, readOnly: true }`] : []),
  ];
  const volumes = [
    '{ name: cache, emptyDir: {} }',
    ...(isFile
      ? [
          `{ name: credentials, secret: { secretName: ${secret.name}, items: [{ key: ${credentialsFile}, path: ${credentialsFile} }] } }`,
        ]
      : []),
  ];
  const env = [
    '{ name: RESTIC_CACHE_DIR, value: /cache }',
    // What the Secret holds under this key is the file itself, and restic wants to know where it is.
    ...(isFile ? [`{ name: ${credentialsFile}, value: ${path} }`] : []),
  ];
  return [
    `${app} apply --filename - <<EOF`,
    'apiVersion: v1',
    'kind: Pod',
    // Its name is that of the movers, so that the network policies let it out to the store.
    `metadata: { name: ${pod}, namespace: ${namespace}, labels: { app.kubernetes.io/name: ${moverNameOf(claim)} } }`,
    'spec:',
    '  restartPolicy: Never',
    '  automountServiceAccountToken: false',
    `  securityContext: ${JSON.stringify(podSecurity(user, group))}`,
    '  containers:',
    '    - name: restic',
    `      image: ${resticImage}`,
    '      command: [sleep, 6h]',
    `      env: [${env.join(', ')}]`,
    `      envFrom: [{ secretRef: { name: ${secret.name} } }]`,
    `      securityContext: ${JSON.stringify(containerSecurity(true))}`,
    `      volumeMounts: [${mounts.join(', ')}]`,
    `  volumes: [${volumes.join(', ')}]`,
    'EOF',
    `${app} wait pod/${pod} --namespace ${namespace} --for=condition=Ready --timeout=5m`,
  ];
}

/** Immich keeps the SHA-1 of each file that it was given; of external files it keeps that of the path. */
function sample(names: Names, restic: string): string[] {
  const database = backedDatabaseOf(names.installation);
  const [first, second] = [
    'Whether photos in it are what Immich was given: the newest, the oldest and some others are read from the last snapshot and compared with the checksums in the database.',
    'Nothing is printed when all are right. Where a storage template is set, a photo that was moved after the backup is told as missing.',
  ];
  if (database === undefined) return [];
  const { mediaLocation } = names.installation;
  const columns = `encode(checksum, $$hex$$), substr("originalPath", ${mediaLocation.length + 2})`;
  const one = (order: string, limit: number) =>
    `(select ${columns} from asset where not "isExternal" and "deletedAt" is null and "originalPath" ~ $$^${mediaLocation}/(upload|library)/$$ and "createdAt" < now() - interval $$2 days$$ order by ${order} limit ${limit})`;
  const query = [one('"createdAt" desc', 5), one('"createdAt"', 5), one('random()', 20)].join(' union ');
  return [
    first,
    commands(
      `${queryCommand(names, database.cnpg, 'immich', `copy (${query}) to stdout`)} > checksums.txt`,
      'while read -r checksum path; do',
      `  found=$(${restic} dump latest "/$path" < /dev/null | sha1sum | cut -c 1-40)`,
      '  [ "$found" = "$checksum" ] || echo "differs or missing: $path"',
      'done < checksums.txt',
    ),
    second,
  ];
}
