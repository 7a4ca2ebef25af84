import { secretOf } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { nameOf } from '../../manifests/name.ts';
import type { ContainerView } from '../../manifests/views/container.ts';
import { environment } from '../../manifests/views/environment.ts';
import { databaseOf, type ImmichContainerView, immich } from '../../manifests/views/immich.ts';
import { textOfVariable } from '../../manifests/views/key-text.ts';
import { objectsOfCluster } from '../../manifests/views/objects-of-cluster.ts';
import type { WorkloadView } from '../../manifests/views/workload.ts';
import { initSql, initSqlFields } from './init-sql.ts';

/** Where the role that Immich logs in with is made a superuser: by `managed.roles`, a DatabaseRole, or a statement. */
export function superuserRoles(inventory: Inventory, database: Field): Field[] {
  const managed = database
    .at('spec', 'managed', 'roles')
    .items.filter((role) => role.get('superuser') === true && role.get('ensure') !== 'absent')
    .map((role) => ({ field: role.at('superuser'), role: role.at('name').text ?? '' }));
  const declared = objectsOfCluster(inventory, 'DatabaseRole', database)
    .filter((role) => role.get('spec', 'superuser') === true)
    .map((role) => ({ field: role.at('spec', 'superuser'), role: role.at('spec', 'name').text ?? '' }));
  const altered = initSqlFields
    .flatMap((list) => initSql(inventory, database, list))
    .flatMap((field) =>
      [...(field.text ?? '').matchAll(makesSuperuser)].map(([, role = '']) => ({ field, role })),
    );
  const logins = loginsOf(inventory, database);
  return [...managed, ...declared, ...altered]
    .filter(({ role }) =>
      logins.length > 0 ? logins.includes(role) : role === ownerOf(database) || /immich/i.test(role),
    )
    .map(({ field }) => field);
}

/** The roles that servers log in with, by name or by the secret of the owner; none where no manifest tells. */
function loginsOf(inventory: Inventory, database: Field): string[] {
  const secret = secretOf(nameOf(database), 'app');
  return immich(inventory)
    .containers.filter((found) => found.part === 'server' && databaseOf(inventory, found).includes(database))
    .flatMap(({ workload, container }) => {
      const { value, from } = environment(inventory, workload, container).get('DB_USERNAME') ?? {};
      if (value !== undefined) return [value];
      return from?.kind === 'Secret' && from.name.text === secret ? [ownerOf(database)] : [];
    });
}

/** Called like the database, where only that is said: https://cloudnative-pg.io/documentation/current/bootstrap/ */
function ownerOf(database: Field): string {
  const bootstrap = database.at('spec', 'bootstrap');
  const names = ['initdb', 'recovery', 'pg_basebackup'].flatMap((way) => [
    bootstrap.at(way, 'owner').text,
    bootstrap.at(way, 'database').text,
  ]);
  return names.find((name) => name !== undefined) ?? 'app';
}

/** Whether Immich may create the extensions of its database itself, as a superuser may. */
export function connectsAsSuperuser(inventory: Inventory, database: Field): boolean {
  return superuserRoles(inventory, database).length > 0 || superuserLogin(inventory, database) !== undefined;
}

/** Where a server of Immich logs in to a cluster as a superuser: as `postgres`, or as a role that is made one before. */
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
      const flags = found.workload.containers.flatMap((container) =>
        flagsOf(inventory, found.workload, container),
      );
      if (flags[0] !== undefined) {
        return flags[0];
      }
    }
  }
  return undefined;
}

/** Where a container that sets up the database is told to make the role of Immich a superuser, as `createuser -s` does. */
function flagsOf(inventory: Inventory, workload: WorkloadView, container: ContainerView): Field[] {
  const flags = environment(inventory, workload, container).get('INIT_POSTGRES_USER_FLAGS');
  const text = textOfVariable(inventory, workload.namespace, flags);
  return flags !== undefined && /(^|\s)(-s|--superuser)(\s|$)/.test(text ?? '') ? [flags.field] : [];
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
      (name === 'DB_USERNAME' && value !== undefined && value === ownerOf(database))
    );
  });
}

const makesSuperuser = /\b(?:alter|create)\s+(?:user|role)\s+"?([\w-]+)"?[^;]*\bsuperuser\b/gi;
