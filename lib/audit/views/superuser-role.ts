import { secretOf } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { nameOf } from '../../manifests/views/archive.ts';
import { environment } from '../../manifests/views/environment.ts';
import { databaseOf, type ImmichContainerView, immich } from '../../manifests/views/immich.ts';

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
  const secrets = [
    secretOf(nameOf(database), 'superuser'),
    database.at('spec', 'superuserSecret', 'name').text,
  ];
  for (const found of immich(inventory).containers.filter(({ part }) => part === 'server')) {
    if (databaseOf(inventory, found).includes(database)) {
      const variables = [...environment(inventory, found.workload, found.container).values()];
      const used = variables.find(
        ({ name, from, value }) =>
          (from?.kind === 'Secret' && secrets.includes(from.name.text)) ||
          (name === 'DB_USERNAME' && value === 'postgres'),
      );
      if (used !== undefined) {
        return used.from?.name ?? used.field.at('value');
      }
    }
  }
  return undefined;
}

/**
 * Whether a server is known to log in to a cluster as the owner of its database: by the generated secret, or by name.
 * A secret of the user's own may hold any role.
 */
export function logsInAsOwner(
  inventory: Inventory,
  { workload, container }: ImmichContainerView,
  database: Field,
): boolean {
  const variables = environment(inventory, workload, container);
  const initdb = database.at('spec', 'bootstrap', 'initdb');
  const secrets = [secretOf(nameOf(database), 'app'), initdb.at('secret', 'name').text];
  return ['DB_USERNAME', 'DB_URL'].some((name) => {
    const { value, from } = variables.get(name) ?? {};
    return (
      (from?.kind === 'Secret' && secrets.includes(from.name.text)) ||
      (name === 'DB_USERNAME' && value !== undefined && value === initdb.at('owner').text)
    );
  });
}

const MAKES_SUPERUSER = /\b(alter|create)\s+(user|role)\b[^;]*\bsuperuser\b/i;
