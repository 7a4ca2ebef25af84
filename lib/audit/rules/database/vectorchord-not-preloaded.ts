import type { Field } from '../../../manifests/field.ts';
import { hasVectorchord } from '../../../manifests/views/database-image.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { isImmichsDatabase } from '../../views/immichs-database.ts';

export const vectorchordNotPreloaded: Rule = {
  id: 'vectorchord-not-preloaded',
  severity: 'error',
  whose: 'upstream',
  meaning: 'VectorChord is in the image but not loaded when PostgreSQL starts, so Immich cannot create it.',
  why: 'VectorChord can only be created in a server that loaded vchord.so when it started. Without it CREATE EXTENSION fails, and Immich, which needs vector search, ends right away.',
  url: 'https://docs.vectorchord.ai/vectorchord/getting-started/installation.html',
  limits: 'An image of your own that preloads it by its own configuration is not looked into.',
  examples: {
    good: documents(
      cluster(`imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
postgresql: { shared_preload_libraries: [vchord.so] }`),
    ),
    broken: {
      'postgresql: { shared_preload_libraries: [vchord.so]':
        'bootstrap: { initdb: { database: immich, owner: immich }',
    },
  },
  check(inventory, report) {
    const used = immich(inventory).databases;
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const postgresql = database.at('spec', 'postgresql');
      const libraries = postgresql.at('shared_preload_libraries');
      // A manifest that says nothing of how the database begins or is set up may be a part of one.
      const isWhole = database.at('spec', 'bootstrap', 'initdb').exists || postgresql.exists;
      const isJudged =
        (isWhole && isImmichsDatabase(inventory, database)) || used.includes(database) || inventory.complete;
      if (
        hasVectorchord(inventory, database) &&
        isJudged &&
        !libraries.texts.some((library) => /^vchord(\.so)?$/.test(library))
      ) {
        report(libraries.exists ? libraries : imageOf(database), {
          message: 'vchord.so is not preloaded; CREATE EXTENSION vchord fails, and Immich does not start.',
          fix: 'Write postgresql: { shared_preload_libraries: [vchord.so] }.',
          ...(inventory.complete || used.includes(database) ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

function imageOf(database: Field): Field {
  const catalog = database.at('spec', 'imageCatalogRef');
  return catalog.exists ? catalog : database.at('spec', 'imageName');
}
