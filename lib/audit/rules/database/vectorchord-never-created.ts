import { secretOf } from '../../../cnpg/names.ts';
import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { hasVectorchord } from '../../../manifests/views/database-image.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { databaseOf, type ImmichContainerView, immich } from '../../../manifests/views/immich.ts';
import { textOfVariable } from '../../../manifests/views/key-text.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { areCreatedByPod } from '../../views/extension-creation.ts';
import { hasUnknownSql, initSql, initSqlFields } from '../../views/init-sql.ts';
import { connectsAsSuperuser, logsInAsOwner } from '../../views/superuser-role.ts';

export const vectorchordNeverCreated: Rule = {
  id: 'vectorchord-never-created',
  severity: 'warning',
  whose: 'upstream',
  meaning: "Nothing creates an extension in Immich's database that its owner may not create.",
  why: 'Immich creates its extensions itself at the first start, which for VectorChord and earthdistance takes a superuser. The owner of a database of CloudNativePG is none: where nothing else creates them Immich ends with "permission denied to create extension", in a new database as well as in one that is built anew.',
  url: 'https://docs.immich.app/administration/postgres-standalone/#without-superuser-permission',
  limits: 'An extension that a person has created by hand is not seen.',
  examples: {
    good: documents(
      cluster(`imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
bootstrap:
  initdb:
    database: immich
    owner: immich
    postInitApplicationSQL:
      - CREATE EXTENSION IF NOT EXISTS vchord CASCADE
      - CREATE EXTENSION IF NOT EXISTS earthdistance CASCADE`),
      server(`env:
  - { name: DB_HOSTNAME, value: immich-db-rw }
  - { name: DB_USERNAME, valueFrom: { secretKeyRef: { name: immich-db-app, key: username } } }`),
    ),
    broken: { '      - CREATE EXTENSION IF NOT EXISTS vchord CASCADE\n': '' },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers.filter(({ part }) => part === 'server')) {
      for (const database of databaseOf(inventory, found)) {
        const initdb = database.at('spec', 'bootstrap', 'initdb');
        const missing = isJudged(inventory, found, database)
          ? extensions.filter((name) => !isCreated(inventory, database, name))
          : [];
        if (missing.length > 0) {
          report(initdb.at('postInitApplicationSQL').exists ? initdb.at('postInitApplicationSQL') : initdb, {
            message: `Nothing creates ${missing.join(' and ')} in Immich's database, and the role that Immich logs in with may not; a new database ends its start with "permission denied to create extension".`,
            fix: `Add ${missing.map((name) => `CREATE EXTENSION IF NOT EXISTS ${name} CASCADE`).join(' and ')} to postInitApplicationSQL, or a Database with these extensions.`,
          });
        }
      }
    }
  },
};

/** What only a superuser creates: https://www.postgresql.org/docs/current/sql-createextension.html */
const extensions = ['vchord', 'earthdistance'];

/** Whether a database is made here from nothing, for a version that needs VectorChord, and its login is known. */
function isJudged(inventory: Inventory, found: ImmichContainerView, database: Field): boolean {
  const initdb = database.at('spec', 'bootstrap', 'initdb');
  return (
    initdb.exists &&
    // An import brings the extensions of the old database, as a superuser.
    !initdb.at('import').exists &&
    hasVectorchord(inventory, database) &&
    (found.version === undefined || found.version.major >= 2) &&
    usesVectorchord(inventory, found) &&
    logsInAsOwner(inventory, found, database) &&
    !connectsAsSuperuser(inventory, database) &&
    !isUsedAsSuperuser(inventory, database) &&
    !areCreatedByPod(inventory, database)
  );
}

function usesVectorchord(inventory: Inventory, { workload, container }: ImmichContainerView): boolean {
  const extension = environment(inventory, workload, container).get('DB_VECTOR_EXTENSION');
  return (
    extension === undefined || textOfVariable(inventory, workload.namespace, extension) === 'vectorchord'
  );
}

/** Whether a job or another pod has the superuser's login, and may create them. */
function isUsedAsSuperuser(inventory: Inventory, database: Field): boolean {
  const secret = secretOf(nameOf(database), 'superuser');
  return inventory.workloads.some(({ pod }) => JSON.stringify(pod.value).includes(JSON.stringify(secret)));
}

function isCreated(inventory: Inventory, database: Field, name: string): boolean {
  return (
    // What postInitSQL creates is created in the wrong database, which another rule tells.
    initSqlFields
      .flatMap((list) => initSql(inventory, database, list))
      .some(({ text }) => text?.toLowerCase().includes(name)) ||
    hasUnknownSql(inventory, database) ||
    inventory
      .all('postgresql.cnpg.io', 'Database')
      .some(
        (one) =>
          one.get('spec', 'cluster', 'name') === nameOf(database) &&
          one
            .at('spec', 'extensions')
            .items.some(
              (extension) => extension.get('name') === name && extension.get('ensure') !== 'absent',
            ),
      )
  );
}
