import { importSourceOf } from '../../manifests/views/import-source.ts';
import type { WorkloadView } from '../../manifests/views/workload.ts';
import {
  type Comparison,
  changedWorkloads,
  type Draft,
  isAdded,
  isRemoved,
  pairsOfKind,
} from '../comparison.ts';
import { serversAmong } from '../immich-parts.ts';
import { importSteps } from './databases.ts';

/** Immich is given another database, in place of one that is not a Cluster of these manifests or stays one. */
export function connections(comparison: Comparison): Draft[] {
  const clusters = pairsOfKind(comparison, 'postgresql.cnpg.io', 'Cluster');
  // A database that goes is told by its own kind.
  if (clusters.some(isRemoved)) return [];
  const [made] = clusters.filter(isAdded);
  const imported = made && importSourceOf(made.after);
  return changedWorkloads(comparison).flatMap(({ pair, before, after }): Draft[] => {
    const [from, to] = [databaseOf(before), databaseOf(after)];
    const container = serversAmong(after.containers)[0]?.name ?? '';
    if (from === undefined || to === undefined || from === to) return [];
    if (inFull(from, before.namespace) === inFull(to, after.namespace)) return [];
    if (made !== undefined && imported !== undefined) {
      return [
        {
          grade: 'steps',
          topic: 'data',
          what: 'import',
          from,
          to,
          key: ['database', 'cnpg', 'importFrom'],
          sentence: `Immich uses the new database ${made.name} instead of ${from}. It is filled from ${imported} when it is made: what is written there after that is missing.`,
          steps: importSteps,
          pairs: [pair, made],
          fields: fieldsOf(container),
        },
      ];
    }
    return [
      {
        grade: 'refused',
        topic: 'data',
        what: 'database',
        from,
        to,
        key: made === undefined ? ['database', 'external', 'host'] : ['database'],
        sentence: `Immich would use the database ${to} instead of ${from}: it starts with what that one holds, and where it is empty, with the setup of the first administrator.`,
        steps: [
          `Keep ${from}.`,
          'If it is another name of the same database: accept this. If the database moves: stop Immich, dump and restore, compare the counts of rows, then switch.',
        ],
        pairs: [pair],
        fields: fieldsOf(container),
      },
    ];
  });
}

function fieldsOf(container: string): string[] {
  return ['DB_HOSTNAME', 'DB_DATABASE_NAME', 'DB_PORT'].map(
    (name) => `spec.template.spec.containers[${container}].env[${name}]`,
  );
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
