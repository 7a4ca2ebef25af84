import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { databaseOf, immich } from '../../../manifests/views/immich.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { areCreatedByPod } from '../../views/extension-creation.ts';
import { isImmichsDatabase } from '../../views/immichs-database.ts';
import { connectsAsSuperuser, logsInAsOwner } from '../../views/superuser-role.ts';

export const extensionInWrongDatabase: Rule = {
  id: 'extension-in-wrong-database',
  severity: 'error',
  whose: 'upstream',
  meaning: "Extensions are created in the database postgres, and not in Immich's.",
  why: 'CloudNativePG runs postInitSQL in the database "postgres" and postInitApplicationSQL in the application\'s own. An extension belongs to one database, and the owner of Immich\'s may not create it, so Immich does not start.',
  url: 'https://cloudnative-pg.io/documentation/current/bootstrap/#executing-queries-after-initialization',
  limits: 'Extensions that a person has created by hand since are not seen.',
  examples: {
    good: documents(
      cluster(`bootstrap:
  initdb:
    database: immich
    owner: immich
    postInitApplicationSQL:
      - CREATE EXTENSION IF NOT EXISTS vchord CASCADE`),
    ),
    broken: {
      'postInitApplicationSQL:': 'postInitSQL:',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      // A superuser creates what it lacks itself.
      if (connectsAsSuperuser(inventory, database) || !isImmichsDatabase(inventory, database)) continue;
      if (areCreatedByPod(inventory, database)) continue;
      const initdb = database.at('spec', 'bootstrap', 'initdb');
      const application = initdb.at('postInitApplicationSQL').texts.join('\n').toLowerCase();
      const misplaced = initdb.at('postInitSQL').items.flatMap((statement) => {
        const name = extension.exec(statement.text ?? '')?.[1]?.toLowerCase();
        return name === undefined || application.includes(name) || isCreated(name)
          ? []
          : [{ statement, name }];
      });
      const [first, ...others] = misplaced;
      if (first !== undefined) {
        const names = misplaced.map(({ name }) => name);
        report(first.statement, {
          message: `postInitSQL runs in the database postgres, so ${names.join(', ')} ${others.length > 0 ? 'are' : 'is'} missing in Immich's own; without superuser rights Immich cannot create ${others.length > 0 ? 'them' : 'it'} and does not start.`,
          fix: `Move the statement${others.length > 0 ? 's' : ''} to postInitApplicationSQL.`,
          // A login that is not known may be that of a superuser.
          ...(inventory.complete || isOwners(inventory, database) ? {} : { severity: 'warning' }),
        });
      }
      function isCreated(name: string): boolean {
        return inventory
          .all('postgresql.cnpg.io', 'Database')
          .some(
            (one) =>
              one.get('spec', 'cluster', 'name') === database.get('metadata', 'name') &&
              one.at('spec', 'extensions').items.some((extension) => extension.get('name') === name),
          );
      }
    }
  },
};

/**
 * The extensions that only a superuser can create. `cube` is trusted:
 * https://www.postgresql.org/docs/current/cube.html
 */
const extension = /create\s+extension\s+(?:if\s+not\s+exists\s+)?"?(vchord|vectors|vector|earthdistance)"?/i;

function isOwners(inventory: Inventory, database: Field): boolean {
  return immich(inventory).containers.some(
    (found) =>
      found.part === 'server' &&
      databaseOf(inventory, found).includes(database) &&
      logsInAsOwner(inventory, found, database),
  );
}
