import { secretOf } from '../../../cnpg/names.ts';
import { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/views/archive.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { databaseOf, type ImmichContainerView, immich } from '../../../manifests/views/immich.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { areCreatedByPod } from '../../views/extension-creation.ts';
import { connectsAsSuperuser, logsInAsOwner } from '../../views/superuser-role.ts';

export const vectorchordNeverCreated: Rule = {
  id: 'vectorchord-never-created',
  severity: 'warning',
  whose: 'upstream',
  meaning: "Nothing creates an extension in Immich's database that its owner may not create.",
  why: 'Immich creates its extensions itself at the first start, which for VectorChord and earthdistance takes a superuser. The owner of a database of CloudNativePG is none: where nothing else creates them Immich ends with "permission denied to create extension", in a new database as well as in one that is built anew.',
  url: 'https://docs.immich.app/administration/postgres-standalone/#without-superuser-permission',
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
          ? EXTENSIONS.filter((name) => !isCreated(inventory, database, name))
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
const EXTENSIONS = ['vchord', 'earthdistance'];

/** Whether a database is made here from nothing, for a version that needs VectorChord, and its login is known. */
function isJudged(inventory: Inventory, found: ImmichContainerView, database: Field): boolean {
  const initdb = database.at('spec', 'bootstrap', 'initdb');
  return (
    initdb.exists &&
    // An import brings the extensions of the old database, as a superuser.
    !initdb.at('import').exists &&
    hasVectorchord(database) &&
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
  return extension === undefined || extension.value === 'vectorchord';
}

function hasVectorchord(database: Field): boolean {
  return (
    /vectorchord/.test(database.at('spec', 'imageName').text ?? '') ||
    database
      .at('spec', 'postgresql', 'extensions')
      .items.some((one) => /vchord|vectorchord/.test(one.at('name').text ?? ''))
  );
}

/** Whether a job or another pod has the superuser's login, and may create them. */
function isUsedAsSuperuser(inventory: Inventory, database: Field): boolean {
  const secret = secretOf(nameOf(database), 'superuser');
  return inventory.workloads.some(({ pod }) => JSON.stringify(pod.value).includes(`"${secret}"`));
}

function isCreated(inventory: Inventory, database: Field, name: string): boolean {
  const initdb = database.at('spec', 'bootstrap', 'initdb');
  const statements = ['postInitApplicationSQL', 'postInitTemplateSQL', 'postInitSQL'].flatMap(
    (list) => initdb.at(list).texts,
  );
  const references = ['postInitApplicationSQLRefs', 'postInitTemplateSQLRefs'].map((one) => initdb.at(one));
  return (
    // What postInitSQL creates is created in the wrong database, which another rule tells.
    statements.some((text) => text.toLowerCase().includes(name)) ||
    references.some((one) => holds(inventory, database, one, name)) ||
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

/** Whether files of SQL name an extension, or are not known. */
function holds(inventory: Inventory, database: Field, references: Field, name: string): boolean {
  if (references.at('secretRefs').items.length > 0) {
    return true;
  }
  return references.at('configMapRefs').items.some((reference) => {
    const namespace = database.at('metadata', 'namespace').text;
    const map = inventory.find('', 'ConfigMap', namespace, reference.at('name').text ?? '')?.manifest;
    const text =
      map === undefined ? undefined : Field.of(map).at('data', reference.at('key').text ?? '').text;
    return text === undefined || text.toLowerCase().includes(name);
  });
}
