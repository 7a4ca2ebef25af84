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
    if (from === undefined || to === undefined) return [];
    const isInCluster = pairsOfKind(comparison, 'postgresql.cnpg.io', 'Database').some(isAdded);
    const common = { topic: 'data', pairs: [pair] } as const;
    const way = (variable: string) => `spec.template.spec.containers[${container}].env[${variable}]`;
    if (made !== undefined && imported !== undefined && from.server !== to.server) {
      return [
        {
          grade: 'steps',
          topic: 'data',
          what: 'import',
          from: from.text,
          to: to.text,
          key: ['database', 'cnpg', 'importFrom'],
          sentence: `Immich uses the new database ${made.name} instead of ${from.text}. It is filled from ${imported} when it is made: what is written there after that is missing.`,
          steps: importSteps,
          pairs: [pair, made],
          fields: ['DB_HOSTNAME', 'DB_DATABASE_NAME', 'DB_PORT', 'DB_USERNAME'].map(way),
        },
      ];
    }
    return [
      ...(from.text === to.text || (from.server === to.server && from.name === to.name)
        ? []
        : [
            {
              ...common,
              ...otherDatabase(from, to),
              grade: 'refused',
              what: 'database',
              from: from.text,
              to: to.text,
              ...(made === undefined
                ? isInCluster
                  ? { key: ['database', 'cnpg', 'existing', 'cluster'] }
                  : {}
                : { key: ['database'] }),
              // A new database has a user of its own.
              fields: [
                'DB_HOSTNAME',
                'DB_DATABASE_NAME',
                'DB_PORT',
                ...(made === undefined ? [] : ['DB_USERNAME']),
              ].map(way),
            } as const,
          ]),
      ...(from.user === to.user || made !== undefined
        ? []
        : [{ ...common, ...otherUser(from, to), fields: [way('DB_USERNAME')] } as const]),
    ];
  });
}

function otherDatabase(from: Connection, to: Connection): Pick<Draft, 'key' | 'sentence' | 'steps'> {
  if (from.server === to.server) {
    return {
      key: ['database', 'external', 'database'],
      sentence: `Immich would use the database ${to.name} of the same server instead of ${from.name}: a database of that name that is empty gets the setup of the first administrator, while the one with the photos' albums, faces and users stays beside it.`,
      steps: [
        `Keep ${from.name}.`,
        `If only the name is to be another one: stop Immich, then in the server ALTER DATABASE "${from.name}" RENAME TO "${to.name}", accept this, merge.`,
      ],
    };
  }
  return {
    key: ['database', 'external', 'host'],
    sentence: `Immich would use the database ${to.text} instead of ${from.text}: it starts with what that one holds, and where it is empty, with the setup of the first administrator.`,
    steps: [
      `Keep ${from.text}.`,
      'If it is another name of the same database: accept this. If the database moves: stop Immich, dump and restore, compare the counts of rows, then switch.',
    ],
  };
}

/** Immich changes its tables when it starts, which only their owner may. */
function otherUser(from: Connection, to: Connection): Omit<Draft, 'topic' | 'pairs'> {
  return {
    grade: 'steps',
    what: 'user',
    from: from.user,
    to: to.user,
    key: ['database', 'external', 'username'],
    sentence: `Immich logs in to its database as ${to.user} instead of ${from.user}: it starts only where ${to.user} may log in with the password that it is given, and only the owner of the tables may change them at the next version.`,
    steps: [
      `Before merging, in the database ${to.name}: REASSIGN OWNED BY "${from.user}" TO "${to.user}"; as a superuser, and ALTER DATABASE "${to.name}" OWNER TO "${to.user}".`,
      `Put the password of ${to.user} into the Secret at the moment of merging.`,
    ],
  };
}

/** The database that a server is given. */
interface Connection {
  readonly server: string;
  readonly name: string;
  readonly user: string;
  /** As people say it. */
  readonly text: string;
}

/** A Service has a short name inside of its namespace, and longer ones that are the same. */
function fullName(host: string, namespace: string | undefined): string {
  const [name = '', other = namespace ?? '', svc = 'svc'] = host.split('.');
  return svc === 'svc' ? `${name}.${other}.svc` : host;
}

function databaseOf({ containers, namespace }: WorkloadView): Connection | undefined {
  const [server] = serversAmong(containers);
  const variable = (wanted: string) => server?.environment.find(({ name }) => name === wanted);
  const host = variable('DB_HOSTNAME')?.value;
  if (host === undefined) return undefined;
  const port = variable('DB_PORT')?.value ?? '5432';
  const name = variable('DB_DATABASE_NAME')?.value ?? 'immich';
  const user = variable('DB_USERNAME');
  return {
    server: `${fullName(host, namespace)}:${port}`,
    name,
    user:
      user?.value ??
      (user === undefined ? 'postgres' : `the one that its ${user.from?.kind ?? 'variable'} names`),
    text: `${name} at ${host}:${port}`,
  };
}
