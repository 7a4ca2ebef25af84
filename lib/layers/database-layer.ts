import { database } from '../components/database.ts';
import type { Plan } from '../plan/plan.ts';
import type { Layer } from './layer.ts';

/** The database with its extensions and its backup. */
export function databaseLayer({ installation, isRemote }: Plan): Layer {
  const { namespace, database: described, images } = installation;
  if (described.kind !== 'cnpg' || images.database === undefined)
    throw new Error('There is no database of our own.');
  const { cnpg } = described;
  const image = images.database;
  return {
    plan: {
      name: 'database',
      after: ['namespace'],
      readiness: { kind: 'database', name: cnpg.name },
      keepsObjects: false,
      // A restore may take longer, and Flux then waits anew; but while it waits it does not look at a fix.
      timeout: '10m',
    },
    build: (chart) => database(chart, { namespace, cnpg, image, isRemote }),
  };
}
