import type { Store } from '../installation/store.ts';
import { isOpenedByIdentity, type WorkloadIdentity } from '../installation/workload-identity.ts';
import { backedDatabaseOf, type Names } from './names.ts';
import { bullets } from './section.ts';

/** Who opens the store where no Secret does, and what they may be allowed. Nothing where a Secret opens it. */
export function identities(names: Names): string[] {
  const database = backedDatabaseOf(names.installation);
  if (database === undefined || !isOpenedByIdentity(database.backup.store)) return [];
  const { cnpg, backup } = database;
  const { drill, namespace } = names;
  const own = lineOf(`${namespace}/${cnpg.name}`, cnpg.workloadIdentity, allowance(backup.store, 'write'));
  return [
    'The store is opened without a Secret: the cloud knows the pods by their ServiceAccount, which CloudNativePG makes under the name of the Cluster.',
    bullets(
      own,
      ...(drill === undefined
        ? []
        : [
            lineOf(
              `${drill.namespace}/${drill.database}`,
              drill.drill.workloadIdentity ?? cnpg.workloadIdentity,
              `${allowance(backup.store, 'read')} and nothing else`,
            ),
          ]),
    ),
  ];
}

function lineOf(account: string, identity: WorkloadIdentity | undefined, permission: string): string {
  const { annotations = {}, podLabels = {} } = identity ?? {};
  const pairs = [...Object.entries(annotations), ...Object.entries(podLabels)].map(
    ([name, value]) => `\`${name}: ${value}\``,
  );
  const how =
    pairs.length === 0
      ? 'by an association that the cloud keeps itself, or by the identity of the node: the installation file has no `workloadIdentity`'
      : `by ${pairs.join(' and ')}`;
  return `\`${account}\`, ${how}: it needs ${permission}.`;
}

/** What an identity must be allowed in a store, to write backups or to read them. */
function allowance(store: Store, use: 'read' | 'write'): string {
  switch (store.kind) {
    case 'azure': {
      const role = use === 'write' ? 'Storage Blob Data Contributor' : 'Storage Blob Data Reader';
      return `the role \`${role}\` on \`${store.destinationPath}\``;
    }
    case 's3': {
      const reading = ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'];
      const actions = use === 'write' ? [...reading, 's3:PutObject', 's3:DeleteObject'] : reading;
      return `${actions.map((action) => `\`${action}\``).join(', ')} on the bucket \`${new URL(store.destinationPath).hostname}\``;
    }
    case 'gcs': {
      const role = use === 'write' ? 'roles/storage.objectAdmin' : 'roles/storage.objectViewer';
      return `the role \`${role}\` on the bucket \`${new URL(store.destinationPath).hostname}\``;
    }
  }
}
