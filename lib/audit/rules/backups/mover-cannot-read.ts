import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { databaseHosts, workloadsAt } from '../../../manifests/views/database-host.ts';
import { immich } from '../../../manifests/views/immich.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { quote } from '../../../text/quoting.ts';
import { documents, server } from '../../examples.ts';
import type { Severity } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { databaseLinks } from '../../views/immichs-database.ts';

export const moverCannotRead: Rule = {
  id: 'mover-cannot-read',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'VolSync backs up a volume as another user than the one that its files belong to.',
  why: 'The pod that VolSync backs up with runs as root without the rights of root, unless it is told a user or its namespace allows it more. What it may not read is left out of the backup, which is counted as done all the same, and what it restores belongs to another user than the one who needs it.',
  url: 'https://volsync.readthedocs.io/en/stable/usage/permissionmodel.html',
  limits: 'Rights of the group and of others on the files are not known.',
  examples: {
    good: documents(
      server(
        'volumeMounts: [{ name: library, mountPath: /data }]',
        `securityContext: { runAsUser: 1000 }
volumes: [{ name: library, persistentVolumeClaim: { claimName: library } }]`,
      ),
      `apiVersion: volsync.backube/v1alpha1
kind: ReplicationSource
metadata: { name: library, namespace: immich }
spec:
  sourcePVC: library
  restic:
    repository: library-restic
    moverSecurityContext: { runAsUser: 1000 }`,
    ),
    broken: { 'moverSecurityContext: { runAsUser: 1000 }': 'copyMethod: Snapshot' },
  },
  check(inventory, report) {
    for (const source of inventory.all('volsync.backube', 'ReplicationSource')) {
      const namespace = source.at('metadata', 'namespace').text;
      const owner = ownerOf(inventory, namespace, source.at('spec', 'sourcePVC').text);
      const mover = movers.map((kind) => source.at('spec', kind)).find(({ exists }) => exists);
      if (owner === undefined || mover === undefined || isPrivileged(inventory, namespace)) continue;
      const context = mover.at('moverSecurityContext');
      const user = context.at('runAsUser');
      // Kubernetes gives the files of most volumes to the group that is said here.
      if (context.at('fsGroup').exists || (user.exists && user.number === undefined)) continue;
      const who = user.number ?? root;
      if (who === owner.user) continue;
      report(user.exists ? user : mover, {
        message: `The files of claim ${quote(source.get('spec', 'sourcePVC'))} belong to user ${owner.user}, and the mover reads them as user ${who}${user.exists ? '' : ', without rights'}; what it may not read is missing in the backup, and what it restores belongs to the wrong user.`,
        fix: `Write moverSecurityContext: { runAsUser: ${owner.user}, runAsGroup: ${owner.user}, fsGroup: ${owner.user} }.`,
        ...(inventory.complete ? {} : { severity: severityOf(inventory, owner, namespace) }),
      });
    }
  },
};

const movers = ['restic', 'kopia', 'rclone', 'rsyncTLS'];

/** Without a word on it the mover is root without capabilities, as the page above says; so is Immich, with them. */
const root = 0;

/** The user of the instances of CloudNativePG: https://cloudnative-pg.io/documentation/current/security/ */
const cluster = 26;

/** The user that the images of PostgreSQL step down to: https://github.com/docker-library/postgres */
const postgres = 999;

interface Owner {
  readonly user: number;
  /** Whether nobody else may read the files. PostgreSQL refuses to start where somebody may. */
  readonly isPrivate: boolean;
}

/** Whom the files in a claim of Immich or of its database belong to. */
function ownerOf(
  inventory: Inventory,
  namespace: string | undefined,
  claim: string | undefined,
): Owner | undefined {
  const isCluster = databaseLinks(inventory).some(
    ({ cluster }) =>
      cluster.at('metadata', 'namespace').text === namespace &&
      claim?.replace(/-\d+(-wal)?$/, '') === nameOf(cluster) &&
      claim !== nameOf(cluster),
  );
  if (isCluster) return { user: cluster, isPrivate: true };
  const servers = immich(inventory).containers.filter(({ part }) => part === 'server');
  const databases = servers
    .flatMap((found) => databaseHosts(inventory, found))
    .flatMap((host) => workloadsAt(inventory, host));
  const mounts = (workload: WorkloadView) =>
    workload.namespace === namespace && workload.volumes.some((volume) => volume.claim?.text === claim);
  const workload = [...servers.map((found) => found.workload), ...databases].find(mounts);
  if (workload === undefined) return undefined;
  const isPrivate = databases.includes(workload);
  return { user: userOf(workload) ?? (isPrivate ? postgres : root), isPrivate };
}

function userOf({ pod, containers }: WorkloadView): number | undefined {
  const [first] = containers.filter(({ init }) => !init);
  return first?.security.at('runAsUser').number ?? pod.at('securityContext', 'runAsUser').number;
}

function isPrivileged(inventory: Inventory, namespace: string | undefined): boolean {
  return (
    inventory.namespace(namespace)?.get('metadata', 'annotations', 'volsync.backube/privileged-movers') ===
    'true'
  );
}

/** Files of Immich may be read by anybody; those of PostgreSQL by nobody else. */
function severityOf(inventory: Inventory, { isPrivate }: Owner, namespace: string | undefined): Severity {
  return isPrivate && inventory.namespace(namespace) !== undefined ? 'warning' : 'info';
}
