import { VectorIndexes } from '../components/vector-indexes.ts';
import type { Installation } from '../installation/installation.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';

/**
 * The Job that builds vector indexes anew where another VectorChord cannot read them. A layer of its own: it comes after
 * the Database object has altered the extension, and Immich, which searches when it starts, comes after it.
 */
export function indexesLayer({ namespace, database, images }: Installation): Layer {
  const cnpg = database.kind === 'cnpg' ? database.cnpg : database.cluster?.cnpg;
  if (cnpg === undefined || images.database === undefined) {
    throw new Error('There is no database whose image is known.');
  }
  const image = images.database;
  return {
    plan: {
      name: 'indexes',
      after: ['database', 'import'],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      // It may take longer, and Flux then waits anew; but while it waits it does not look at a fix.
      timeout: '10m',
    },
    build: (chart) => {
      new VectorIndexes(chart, 'indexes', {
        namespace,
        cnpg: new Checked(cnpg),
        ...(database.kind === 'cnpg' ? {} : { host: database.host }),
        image: new Checked(image),
      });
    },
  };
}
