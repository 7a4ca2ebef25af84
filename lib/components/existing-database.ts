import { Database, DatabaseSpecDatabaseReclaimPolicy } from '@cdk8s/imports-cnpg';
import type { Construct } from 'constructs';
import { extensionsOf } from '../immich/extensions.ts';
import type { ExistingCluster } from '../installation/existing-cluster.ts';
import { keptAnnotations } from '../kubernetes/data.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import { databaseName } from '../names.ts';

/**
 * The database of Immich in a Cluster that others own: an object beside it, in its namespace, that stays when its file
 * goes. The role that owns it is part of their Cluster.
 */
export function existingDatabase(scope: Construct, cluster: ExistingCluster): void {
  const { name, namespace, image } = cluster;
  new Database(scope, 'database', {
    metadata: {
      name: existingDatabaseName(cluster),
      namespace,
      labels: ownLabels,
      annotations: keptAnnotations,
    },
    spec: {
      cluster: { name },
      name: databaseName,
      owner: databaseName,
      databaseReclaimPolicy: DatabaseSpecDatabaseReclaimPolicy.RETAIN,
      extensions: extensionsOf(image).map(({ name, version }) => ({ name, ...present({ version }) })),
    },
  });
}

/** The name of the Database object, which others may have for databases of theirs beside it. */
export function existingDatabaseName({ name }: ExistingCluster): string {
  return `${name}-${databaseName}`;
}
