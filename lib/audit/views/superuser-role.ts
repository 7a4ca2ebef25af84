import { secretOf } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { nameOf } from '../../manifests/views/archive.ts';
import { environment } from '../../manifests/views/environment.ts';
import { databaseOf, immich } from '../../manifests/views/immich.ts';

/** Where a role of a CloudNativePG cluster is made a superuser: by `managed.roles`, or by a statement. */
export function superuserRoles(database: Field): Field[] {
  const initdb = database.at('spec', 'bootstrap', 'initdb');
  return [
    ...database
      .at('spec', 'managed', 'roles')
      .items.filter((role) => role.get('superuser') === true && role.get('ensure') !== 'absent')
      .map((role) => role.at('superuser')),
    ...['postInitSQL', 'postInitApplicationSQL', 'postInitTemplateSQL'].flatMap((list) =>
      initdb.at(list).items.filter(({ text }) => MAKES_SUPERUSER.test(text ?? '')),
    ),
  ];
}

/** Whether Immich may create the extensions of its database itself, as a superuser may. */
export function connectsAsSuperuser(inventory: Inventory, database: Field): boolean {
  return superuserRoles(database).length > 0 || superuserLogin(inventory, database) !== undefined;
}

/** Where a server of Immich logs in to a cluster as `postgres`; undefined when none does. */
export function superuserLogin(inventory: Inventory, database: Field): Field | undefined {
  const secret = secretOf(nameOf(database), 'superuser');
  for (const found of immich(inventory).containers.filter(({ part }) => part === 'server')) {
    if (databaseOf(inventory, found).includes(database)) {
      const variables = [...environment(inventory, found.workload, found.container).values()];
      const used = variables.find(
        ({ name, from, value }) =>
          from?.name.text === secret || (name === 'DB_USERNAME' && value === 'postgres'),
      );
      if (used !== undefined) {
        return used.from?.name ?? used.field.at('value');
      }
    }
  }
  return undefined;
}

const MAKES_SUPERUSER = /\b(alter|create)\s+(user|role)\b[^;]*\bsuperuser\b/i;
