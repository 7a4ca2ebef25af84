import { type ServiceRole, serviceOf } from '../../../cnpg/names.ts';
import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { databaseHosts, type HostView, poolerAt } from '../../../manifests/views/database-host.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const readOnlyDatabase: Rule = {
  id: 'read-only-database',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Immich connects to the replicas of its database, which take no writes.',
  why: 'CloudNativePG makes three Services for a database: -rw leads to the primary, -ro to the replicas, -r to any of them. A replica answers every write with "cannot execute ... in a read-only transaction", and Immich writes as soon as it starts. With one instance there is nothing behind -ro at all.',
  url: 'https://cloudnative-pg.io/documentation/current/service_management/',
  examples: {
    good: documents(
      cluster('postgresql: { shared_preload_libraries: [vchord.so] }'),
      server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]'),
    ),
    broken: { 'immich-db-rw': 'immich-db-ro' },
  },
  check(inventory, report) {
    const hosts = immich(inventory)
      .containers.filter(({ part }) => part === 'server')
      .flatMap((found) => databaseHosts(inventory, found));
    for (const host of hosts) {
      const found = roleOf(inventory, host);
      if (found?.role === 'ro') {
        report(found.field, {
          message: 'This leads to the replicas of the database, which take no writes; Immich does not start.',
          fix: 'Let Immich connect to the Service that ends in -rw, or to a Pooler of type rw.',
        });
      } else if (found?.role === 'r') {
        report(found.field, {
          message:
            'This leads to any instance of the database, and a replica takes no writes: Immich fails whenever it meets one.',
          fix: 'Let Immich connect to the Service that ends in -rw, or to a Pooler of type rw.',
          // With one instance, which is the operator's default, any is the primary.
          ...(typeof found.instances === 'number' && found.instances > 1 ? {} : { severity: 'info' }),
        });
      }
    }
  },
};

interface Reached {
  readonly role: ServiceRole;
  readonly field: Field;
  readonly instances: unknown;
}

/** Which instances a host leads to, where a Cluster or a Pooler of these manifests tells. */
function roleOf(inventory: Inventory, host: HostView): Reached | undefined {
  const pooler = poolerAt(inventory, host);
  const type = pooler?.at('spec', 'type');
  if (type?.text === 'ro' || type?.text === 'r') {
    const of = clusterOf(inventory, host, (name) => pooler?.get('spec', 'cluster', 'name') === name);
    return { role: type.text, field: type, instances: of?.get('spec', 'instances') };
  }
  for (const role of ['ro', 'r'] as const) {
    const of = clusterOf(inventory, host, (name) => serviceOf(name, role) === host.name);
    if (of !== undefined) {
      return { role, field: host.field, instances: of.get('spec', 'instances') };
    }
  }
  return undefined;
}

function clusterOf(
  inventory: Inventory,
  { namespace }: HostView,
  isIt: (name: string) => boolean,
): Field | undefined {
  return inventory
    .all('postgresql.cnpg.io', 'Cluster')
    .find(
      (one) =>
        one.at('metadata', 'namespace').text === namespace && isIt(one.at('metadata', 'name').text ?? ''),
    );
}
