import { DatabaseBackup } from '../components/database-backup.ts';
import { existingDatabase, existingDatabaseName } from '../components/existing-database.ts';
import { PostgresDatabase } from '../components/postgres-database.ts';
import type { ExistingCluster } from '../installation/existing-cluster.ts';
import type { Plan } from '../plan/plan.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';

const common = {
  name: 'database',
  after: ['namespace', 'secrets'],
  // A restore may take longer, and Flux then waits anew; but while it waits it does not look at a fix.
  timeout: '10m',
};

/** The database of Immich in a Cluster of others, with its extensions. */
export function existingDatabaseLayer(cluster: ExistingCluster): Layer {
  const { name, namespace } = cluster;
  return {
    plan: {
      ...common,
      readiness: {
        kind: 'database',
        namespace,
        cluster: name,
        database: existingDatabaseName(cluster),
        archives: false,
      },
      keepsObjects: true,
    },
    build: (chart) => existingDatabase(chart, cluster),
  };
}

/** The database with its extensions and its backup. */
export function databaseLayer({ installation, isRemote }: Plan): Layer {
  const { namespace, database: described, images } = installation;
  if (described.kind !== 'cnpg' || images.database === undefined) {
    throw new Error('There is no database of our own.');
  }
  const { cnpg } = described;
  const image = images.database;
  return {
    plan: {
      ...common,
      readiness: {
        kind: 'database',
        namespace,
        cluster: cnpg.name,
        database: cnpg.name,
        archives: cnpg.backup !== 'none',
      },
      keepsObjects: false,
    },
    build: (chart) => {
      const { name } = new PostgresDatabase(chart, 'database', {
        namespace,
        cnpg: new Checked(cnpg),
        image: new Checked(image),
        isRemote,
      });
      if (cnpg.backup !== 'none') {
        new DatabaseBackup(chart, 'backup', {
          namespace,
          database: name,
          lineage: cnpg.lineage,
          backup: new Checked(cnpg.backup),
        });
      }
    },
  };
}
