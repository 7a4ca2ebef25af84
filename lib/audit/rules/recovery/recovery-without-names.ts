import { secretOf } from '../../../cnpg/names.ts';
import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { databaseOf, immich } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Severity } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { isImmichsDatabase } from '../../views/immichs-database.ts';

export const recoveryWithoutNames: Rule = {
  id: 'recovery-without-names',
  severity: 'warning',
  whose: 'upstream',
  meaning:
    "A recovery does not say the names of Immich's database and owner, so that the Secret names others.",
  why: 'CloudNativePG does not look into the backup for the names of the database and its owner: where a recovery does not say them, they are "app". The Secret that it makes for the application then holds a role and a database that are not those of Immich, which starts with an empty library or cannot log in.',
  url: 'https://cloudnative-pg.io/documentation/current/recovery/#configure-the-application-database',
  limits: 'The names in a secret that a person made are not read.',
  examples: {
    good: documents(
      cluster(`bootstrap: { recovery: { source: origin, database: immich, owner: immich } }
externalClusters: [{ name: origin }]`),
    ),
    broken: { ', database: immich, owner: immich': '' },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      if (!isImmichsDatabase(inventory, database)) continue;
      for (const way of ['recovery', 'pg_basebackup']) {
        const field = database.at('spec', 'bootstrap', way);
        const [name, owner] = [field.at('database'), field.at('owner')];
        // The owner is called like the database where only that is said.
        if (field.exists && !name.exists) {
          report(field, {
            message: `Without names this ${way} makes the role and the database "app", and Secret ${quote(secretOf(nameOf(database), 'app'))} holds those, not Immich's own.`,
            fix: `Add database: ${owner.text ?? 'immich'} and owner: ${owner.text ?? 'immich'}, as they were when the backup was made.`,
            ...severityOf(inventory, database),
          });
        }
      }
    }
  },
};

/** Who logs in by a secret of its own is not led astray by the generated one; nor, as far as is known, who is not seen. */
function severityOf(inventory: Inventory, database: Field): { severity?: Severity } {
  const users = immich(inventory).containers.filter(
    (found) => found.part === 'server' && databaseOf(inventory, found).includes(database),
  );
  const secret = secretOf(nameOf(database), 'app');
  const isUsed = users.some(({ workload, container }) =>
    [...environment(inventory, workload, container).values()].some(({ from }) => from?.name.text === secret),
  );
  return inventory.complete || isUsed ? {} : { severity: 'info' };
}
