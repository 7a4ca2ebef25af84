import { DumpImport } from '../components/dump-import.ts';
import type { Installation } from '../installation/installation.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';

/** Whether a dump in the library is to be read into the database. */
export function hasImport({ database }: Installation): boolean {
  return database.kind === 'cnpg' && database.cnpg.importDump !== undefined;
}

/** The Job that reads a dump. A layer of its own: it comes after the database, and Immich must not have been there. */
export function importLayer({ namespace, database, images, volumes, server }: Installation): Layer {
  if (database.kind !== 'cnpg' || images.database === undefined) {
    throw new Error('There is no database of our own.');
  }
  const { cnpg } = database;
  const image = images.database;
  return {
    plan: {
      name: 'import',
      after: ['storage', 'database'],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      // It may take longer, and Flux then waits anew; but while it waits it does not look at a fix.
      timeout: '10m',
    },
    build: (chart) => {
      new DumpImport(chart, 'import', {
        namespace,
        cnpg: new Checked(cnpg),
        image: new Checked(image),
        libraryClaim: claimNameOf('library', volumes.library),
        user: server.user,
        group: server.group,
      });
    },
  };
}
