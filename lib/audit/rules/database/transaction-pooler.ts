import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import {
  databaseHosts,
  type HostView,
  poolerAt,
  workloadsAt,
} from '../../../manifests/views/database-host.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const transactionPooler: Rule = {
  id: 'transaction-pooler',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Immich reaches its database through a pooler that gives it another session for each transaction.',
  why: 'Immich holds locks of its session while it migrates and takes over jobs, and prepares statements in it. A pooler in transaction mode gives the session to somebody else after each transaction: locks stay behind or hold nothing, and statements are missing, under load first.',
  url: 'https://www.pgbouncer.org/features.html',
  limits: 'A pooler that is no Pooler of CloudNativePG is known by its image and its variables alone.',
  examples: {
    good: documents(
      cluster('postgresql: { shared_preload_libraries: [vchord.so] }'),
      `apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: { name: immich-pooler, namespace: immich }
spec:
  cluster: { name: immich-db }
  type: rw
  pgbouncer: { poolMode: session }`,
      server('env: [{ name: DB_HOSTNAME, value: immich-pooler }]'),
    ),
    broken: { 'poolMode: session': 'poolMode: transaction' },
  },
  check(inventory, report) {
    const modes = immich(inventory)
      .containers.filter(({ part }) => part === 'server')
      .flatMap((found) => databaseHosts(inventory, found))
      .flatMap((host) => poolModes(inventory, host));
    for (const { field, mode } of modes) {
      if (/^(transaction|statement)$/i.test(mode)) {
        report(field, {
          message: `Immich connects through this pooler, which changes its session with every ${mode.toLowerCase()}; the locks and prepared statements of Immich do not survive that.`,
          fix: 'Write session, or let Immich connect to the database itself.',
        });
      }
    }
  },
};

/** How a pooler at a host shares sessions: one of CloudNativePG, or a PgBouncer by its variables. */
function poolModes(inventory: Inventory, host: HostView): { field: Field; mode: string }[] {
  const pooler = poolerAt(inventory, host)?.at('spec', 'pgbouncer', 'poolMode');
  if (pooler?.text !== undefined) {
    return [{ field: pooler, mode: pooler.text }];
  }
  return workloadsAt(inventory, host).flatMap((workload) =>
    workload.containers
      .filter(({ image }) => /pgbouncer|pgcat|pgdog/i.test(image.text ?? ''))
      .flatMap((container) => {
        const variables = environment(inventory, workload, container);
        const variable = variables.get('POOL_MODE') ?? variables.get('PGBOUNCER_POOL_MODE');
        return variable?.value === undefined ? [] : [{ field: variable.field, mode: variable.value }];
      }),
  );
}
