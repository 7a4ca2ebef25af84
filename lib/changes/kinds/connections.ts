import type { WorkloadView } from '../../manifests/views/workload.ts';
import { type Comparison, changedWorkloads, type Draft } from '../comparison.ts';
import { serversAmong } from '../immich-parts.ts';

/** Immich is given another database, without a Cluster of these manifests coming or going. */
export function connections(comparison: Comparison): Draft[] {
  const isTold = comparison.pairs.some(
    ({ kind, before, after }) => kind === 'Cluster' && (before === undefined || after === undefined),
  );
  if (isTold) return [];
  return changedWorkloads(comparison).flatMap(({ pair, before, after }): Draft[] => {
    const [from, to] = [databaseOf(before), databaseOf(after)];
    const container = serversAmong(after.containers)[0]?.name ?? '';
    if (from === undefined || to === undefined || from === to) return [];
    if (inFull(from, before.namespace) === inFull(to, after.namespace)) return [];
    return [
      {
        grade: 'refused',
        topic: 'data',
        what: 'database',
        from,
        to,
        key: ['database', 'external', 'host'],
        sentence: `Immich would use the database ${to} instead of ${from}: it starts with what that one holds, and where it is empty, with the setup of the first administrator.`,
        steps: [
          `Keep ${from}.`,
          'If it is another name of the same database: accept this. If the database moves: stop Immich, dump and restore, compare the counts of rows, then switch.',
        ],
        pairs: [pair],
        fields: ['DB_HOSTNAME', 'DB_DATABASE_NAME', 'DB_PORT'].map(
          (name) => `spec.template.spec.containers[${container}].env[${name}]`,
        ),
      },
    ];
  });
}

/** A Service has a short name inside of its namespace, and longer ones that are the same. */
function inFull(database: string, namespace: string | undefined): string {
  return database.replace(/(?<= at )[^:]+/, (host) => {
    const [name = '', other = namespace ?? '', svc = 'svc'] = host.split('.');
    return svc === 'svc' ? `${name}.${other}.svc` : host;
  });
}

function databaseOf({ containers }: WorkloadView): string | undefined {
  const [server] = serversAmong(containers);
  const literal = (variable: string) => server?.environment.find(({ name }) => name === variable)?.value;
  const [host, port, database] = ['DB_HOSTNAME', 'DB_PORT', 'DB_DATABASE_NAME'].map(literal);
  return host === undefined ? undefined : `${database ?? 'immich'} at ${host}:${port ?? '5432'}`;
}
