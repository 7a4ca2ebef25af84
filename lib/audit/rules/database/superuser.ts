import { secretOf } from '../../../cnpg/names.ts';
import { nameOf } from '../../../manifests/views/archive.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { superuserLogin, superuserRoles } from '../../views/superuser-role.ts';

export const superuser: Rule = {
  id: 'superuser',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Immich connects to its database as superuser.',
  why: 'Immich needs no superuser once the extensions are there. Whoever finds a hole in it would otherwise hold the whole PostgreSQL server: its files, its programs, and every other database.',
  url: 'https://immich.app/docs/administration/postgres-standalone/#without-superuser-permission',
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
    for (const database of immich(inventory).databases) {
      const access = database.at('spec', 'enableSuperuserAccess');
      const secret = secretOf(nameOf(database), 'superuser');
      const isUsed = inventory.workloads.some(({ containers }) =>
        containers.some(({ environment: variables, environmentFrom }) =>
          [...variables.flatMap(({ from }) => from ?? []), ...environmentFrom].some(
            ({ name }) => name.text === secret,
          ),
        ),
      );
      if (access.value === true && !isUsed) {
        report(access, {
          message: 'The superuser may log in from the network with a password, and nothing here uses that.',
          fix: 'Remove enableSuperuserAccess.',
          severity: 'info',
        });
      }
    }
    for (const database of immich(inventory).databases) {
      const login = superuserLogin(inventory, database);
      for (const place of [...(login === undefined ? [] : [login]), ...superuserRoles(database)]) {
        report(place, {
          message:
            'Immich connects as superuser. It can then create its extensions itself, but a hole in Immich opens the whole PostgreSQL, its files and its other databases.',
          fix: `Use the secret ${secretOf(nameOf(database), 'app')} without superuser rights, and let CloudNativePG create the extensions.`,
        });
      }
    }
  },
};
