import { skipArchiveCheck } from '../cnpg/names.ts';
import { backedDatabaseOf, type Names } from './names.ts';
import { bullets, type Section } from './section.ts';

/** What has cost others their photos. */
export function never({ installation, namespace }: Names): Section {
  const database = backedDatabaseOf(installation);
  const { database: described } = installation;
  const name = described.kind === 'cnpg' ? described.cnpg.name : undefined;
  return {
    title: 'Never',
    blocks: [
      bullets(
        installation.argocd === undefined
          ? '`force: true` on a Flux Kustomization of ours, or the annotation `kustomize.toolkit.fluxcd.io/force: enabled`. Flux then deletes what it cannot change, a database with an invalid size included.'
          : 'Sync with Force or Replace (`Force=true`, `Replace=true`, the boxes of the same names): Argo CD then deletes what it cannot change and makes it anew, a claim or a database with everything in it.',
        ...(name === undefined
          ? []
          : [
              `Delete the Cluster \`${name}\` to restart it: its volumes go with it. \`kubectl cnpg restart\` restarts. The one time it is deleted is step 6 of a restore.`,
              `Rename \`${name}\`, a claim or the namespace \`${namespace}\`: under the new name everything starts empty.`,
            ]),
        `Remove \`${installation.argocd === undefined ? 'kustomize.toolkit.fluxcd.io/prune: disabled' : 'argocd.argoproj.io/sync-options: Prune=false,Delete=false'}\` from what holds data.`,
        `Delete the namespace \`${namespace}\`: its claims and secrets go with it, whatever protects the rest.`,
        ...(database === undefined
          ? []
          : [
              `Set \`${skipArchiveCheck}\`. A folder that is not empty belongs to an earlier database of this name; \`lineage: ${database.next}\` gives this one its own.`,
              `Delete anything below \`${database.backup.store.destinationPath}\` by hand: retention does it, and knows which log belongs to which backup.`,
              'Give the drill the credentials of the backup: credentials that can only read cannot delete.',
              'Leave `restoreFrom` in the file once the restored database runs.',
            ]),
        'Set `IMMICH_IGNORE_MOUNT_CHECK_ERRORS`: the check keeps Immich from starting on an empty volume.',
        'Put an older Immich on a newer database.',
      ),
    ],
  };
}
