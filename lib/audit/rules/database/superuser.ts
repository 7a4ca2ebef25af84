import { secretOf } from '../../../cnpg/names.ts';
import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { asSureAs, usedDatabases } from '../../views/immichs-database.ts';
import { superuserLogin, superuserRoles } from '../../views/superuser-role.ts';

export const superuser: Rule = {
  id: 'superuser',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Immich connects to its database as superuser.',
  why: 'Immich needs no superuser once the extensions are there. Whoever finds a hole in it would otherwise hold the whole PostgreSQL server: its files, its programs, and every other database.',
  url: 'https://immich.app/docs/administration/postgres-standalone/#without-superuser-permission',
  limits: 'Rights that a person has given or taken since the database was made are not seen.',
  examples: {
    good: documents(
      cluster('enableSuperuserAccess: false'),
      server(`env:
  - { name: DB_HOSTNAME, value: immich-db-rw }
  - name: DB_PASSWORD
    valueFrom: { secretKeyRef: { name: immich-db-app, key: password } }`),
    ),
    broken: {
      'enableSuperuserAccess: false': 'enableSuperuserAccess: true',
      'name: immich-db-app': 'name: immich-db-superuser',
    },
  },
  check(inventory, report) {
    for (const link of usedDatabases(inventory)) {
      const database = link.cluster;
      const login = superuserLogin(inventory, database);
      const places = [...(login === undefined ? [] : [login]), ...superuserRoles(inventory, database)];
      for (const place of places) {
        report(
          place,
          asSureAs(link, 'warning', {
            message:
              'Immich connects as superuser. It can then create its extensions itself, but a hole in Immich opens the whole PostgreSQL, its files and its other databases.',
            fix: `Use the secret ${secretOf(nameOf(database), 'app')} without superuser rights, and let CloudNativePG create the extensions.`,
          }),
        );
      }
      const access = database.at('spec', 'enableSuperuserAccess');
      if (access.value === true && !isSuperuserWanted(inventory, database)) {
        report(access, {
          message: 'The superuser may log in from the network with a password, and nothing here uses that.',
          fix: 'Remove enableSuperuserAccess.',
          severity: 'info',
        });
      }
    }
    for (const { part, workload, container } of immich(inventory).containers) {
      const password = environment(inventory, workload, container).get(superusersPassword);
      if (part === 'server' && password !== undefined) {
        report(password.field, {
          message: `The server of Immich has ${superusersPassword} in its environment; a hole in Immich opens the whole PostgreSQL, its files and its other databases.`,
          fix: 'Keep the password in a secret of its own, which only the container that sets up the database gets.',
          isSecret: true,
        });
      }
    }
  },
};

/** What the container that sets up a database in many clusters at home logs in with: https://github.com/home-operations/containers/tree/main/apps/postgres-init */
const superusersPassword = 'INIT_POSTGRES_SUPER_PASS';

/** Whether something logs in as the superuser, or could: whoever gives a password of his own knows who uses it. */
function isSuperuserWanted(inventory: Inventory, database: Field): boolean {
  const secret = secretOf(nameOf(database), 'superuser');
  return (
    database.at('spec', 'superuserSecret').exists ||
    inventory.workloads.some(({ containers }) =>
      containers.some(({ environment: variables, environmentFrom }) =>
        [...variables.flatMap(({ from }) => from ?? []), ...environmentFrom].some(
          ({ name }) => name.text === secret,
        ),
      ),
    )
  );
}
