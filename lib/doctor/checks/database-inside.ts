import { instanceContainer } from '../../cnpg/names.ts';
import { roomForWal } from '../../cnpg/wal-room.ts';
import { vectorIndexes } from '../../immich/vector-indexes.ts';
import type { Cnpg } from '../../installation/cnpg.ts';
import type { Field } from '../../manifests/field.ts';
import { databaseName, serverName } from '../../names.ts';
import { enumerate } from '../../values/parsed.ts';
import { bytesText } from '../bytes.ts';
import type { Check, Subject } from '../check.ts';
import { type Finding, judge, sayError, sayUnseen, sayWarning, sayWell } from '../finding.ts';
import { live } from '../live.ts';
import { objectPath } from '../path.ts';

/** What only the database itself knows: its replication slots, sizes, extensions and indexes. */
export const databaseInside: Check = {
  id: 'database-inside',
  title: 'Inside the database',
  isOfLife: true,
  look: async (subject, cluster) => {
    const { database, clusters, namespace } = subject.plan.installation;
    if (database.kind !== 'cnpg' || subject.cluster !== clusters.database) return [];
    const { cnpg } = database;
    const place = { apiVersion: 'postgresql.cnpg.io/v1', resource: 'clusters', namespace };
    const found = await cluster.get(objectPath(place, cnpg.name));
    const status = found.kind === 'seen' ? live(found.value).at('status') : undefined;
    const pod = status?.at('currentPrimary').text;
    // The check of the database says that it is missing, or that no instance is ready.
    if (pod === undefined || (status?.at('readyInstances').number ?? 0) === 0) return [];
    const answer = await cluster.query({ namespace, pod, database: databaseName, sql: question });
    if (answer.kind === 'unseen') {
      const what = `What ${pod} knows of its slots, sizes, extensions and indexes`;
      return [sayUnseen(what, answer.why, ...rightsOf(answer.why, namespace))];
    }
    return judge(answer, pod, {
      seen: (value) => {
        const inside = live(value);
        const psql = (sql: string) =>
          `${subject.kubectl} exec ${pod} --namespace ${namespace} --container ${instanceContainer} -- psql ${databaseName} --command '${sql}'`;
        return [
          ...judgeSlots(inside, cnpg, psql),
          ...judgeSizes(inside, cnpg, subject),
          ...judgeExtensions(inside, psql),
          ...judgeIndexes(inside, subject, psql),
        ];
      },
    });
  },
};

/** Views and functions of PostgreSQL: https://www.postgresql.org/docs/current/view-pg-replication-slots.html */
const question = `select json_build_object(
  'slots', (select json_agg(json_build_object('name', slot_name, 'active', active, 'state', wal_status,
      'kept', pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, restart_lsn)))
    from pg_replication_slots where not temporary),
  'size', pg_database_size(current_database()),
  'log', (select sum(size) from pg_ls_waldir()),
  'extensions', (select json_agg(json_build_object('name', name, 'made', installed_version, 'brought', default_version))
    from pg_available_extensions where installed_version is not null),
  'hasImmich', to_regclass('smart_search') is not null,
  'indexes', (select json_agg(json_build_object('name', relname, 'table', indrelid::regclass::text, 'isValid', indisvalid,
      'isBuilding', exists (select from pg_stat_progress_create_index where index_relid = indexrelid)))
    from pg_index join pg_class on pg_class.oid = indexrelid
    where not indisvalid or relname in (${vectorIndexes.map((name) => `'${name}'`).join(', ')})))`;

/** What lets one ask, where that is what is missing. */
function rightsOf(why: string, namespace: string): readonly string[] {
  return why.includes('(Forbidden)')
    ? [`It takes the right to create pods/exec in ${namespace}; the session is read only.`]
    : [];
}

type Psql = (sql: string) => string;

function judgeSlots(inside: Field, cnpg: Cnpg, psql: Psql): readonly Finding[] {
  const slots = inside.at('slots').items.map((slot) => ({
    name: slot.at('name').text ?? '',
    isActive: slot.get('active') === true,
    isLost: slot.at('state').text === 'lost',
    kept: Math.max(0, slot.at('kept').number ?? 0),
  }));
  const room = roomForWal(cnpg);
  const findings = slots.flatMap(({ name, isActive, isLost, kept }): Finding[] => {
    // The operator makes and removes those of its replicas by itself.
    const isOfReplica = name.startsWith('_cnpg_');
    const called = `The replication slot ${name}`;
    const drop = isOfReplica
      ? ['Its replica is away: see "Database" and "Pods".']
      : ['Where nobody reads it any more:', psql(`select pg_drop_replication_slot($$${name}$$)`)];
    if (isLost) {
      return [sayError(`${called} has lost what it waits for: its reader must begin anew.`, ...drop)];
    }
    if (kept > room) {
      const message = `${called} keeps ${bytesText(kept)} of write-ahead log, which fills the volume.`;
      return [isActive ? sayWarning(`${message} Its reader is slow.`, ...drop) : sayError(message, ...drop)];
    }
    return isActive ? [] : [sayWarning(`${called} has no reader, and keeps ${bytesText(kept)}.`, ...drop)];
  });
  if (findings.length > 0 || slots.length === 0) return findings;
  const most = Math.max(...slots.map(({ kept }) => kept));
  return [
    sayWell(`Its replication slots have readers; the slowest keeps ${bytesText(most)} of write-ahead log.`),
  ];
}

function judgeSizes(inside: Field, cnpg: Cnpg, { file }: Subject): readonly Finding[] {
  const [size, log] = [inside.at('size').number, inside.at('log').number];
  if (size === undefined || log === undefined) return [];
  const { storage, walStorage } = cnpg;
  const volumes = `${storage.size.text}${walStorage === undefined ? '' : ` and ${walStorage.size.text}`}`;
  const told = `${databaseName} takes ${bytesText(size)}, and the write-ahead log ${bytesText(log)}, of ${volumes}`;
  // As much as may be kept for a reader, and what PostgreSQL keeps between two checkpoints.
  if (log > roomForWal(cnpg) + 2 * 2 ** 30) {
    return [
      sayWarning(
        `${told}: more of the log is kept than usual.`,
        `See whether it is archived, below "Database", and whether a slot keeps it. Else raise database.cnpg.${walStorage === undefined ? 'storage' : 'walStorage'}.size in ${file}. Never delete files in it.`,
      ),
    ];
  }
  return [sayWell(`${told}.`)];
}

function judgeExtensions(inside: Field, psql: Psql): readonly Finding[] {
  const extensions = inside.at('extensions').items.map((one) => ({
    name: one.at('name').text ?? '',
    made: one.at('made').text ?? '',
    brought: one.at('brought').text ?? '',
  }));
  const old = extensions.filter(({ made, brought }) => made !== brought);
  const findings = old.map(({ name, made, brought }) =>
    sayWarning(
      `The extension ${name} is ${made} in the database, and the image brings ${brought}.`,
      psql(`alter extension "${name}" update`),
      ...(name === 'vchord' ? vectorIndexes.map((index) => psql(`reindex index ${index}`)) : []),
    ),
  );
  return findings.length > 0
    ? findings
    : [sayWell(`Its ${extensions.length} extensions are of the versions that the image brings.`)];
}

function judgeIndexes(inside: Field, { kubectl, plan }: Subject, psql: Psql): readonly Finding[] {
  // Immich makes its tables when it first starts.
  if (inside.get('hasImmich') !== true) return [];
  const indexes = inside.at('indexes').items;
  const nameOfIndex = (index: Field) => index.at('name').text ?? '';
  const ill = indexes.filter((index) => index.get('isValid') !== true);
  const missing = vectorIndexes.filter((name) => !indexes.some((index) => nameOfIndex(index) === name));
  const { namespace, clusters } = plan.installation;
  const findings = [
    ...ill.map((index) => {
      const name = nameOfIndex(index);
      const called = `The index ${name} of ${index.at('table').text}`;
      if (index.get('isBuilding') === true) return sayWarning(`${called} is being built.`);
      // What a REINDEX CONCURRENTLY leaves when it ends too early:
      // https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY
      return /_cc(new|old)\d*$/.test(name)
        ? sayWarning(
            `${called} was left by a REINDEX that ended too early.`,
            psql(`drop index concurrently "${name}"`),
          )
        : sayError(
            `${called} is not valid, so that nothing uses it.`,
            psql(`reindex index concurrently "${name}"`),
          );
    }),
    ...(missing.length === 0
      ? []
      : [
          sayError(
            `${enumerate(missing)}: missing, so that search by content and by face reads every row.`,
            ...(plan.isRemote
              ? [
                  `Immich makes them when it starts: restart deployment/${serverName} in the cluster ${clusters.app}.`,
                ]
              : [
                  'Immich makes them when it starts:',
                  `${kubectl} rollout restart deployment/${serverName} --namespace ${namespace}`,
                ]),
          ),
        ]),
  ];
  return findings.length > 0 ? findings : [sayWell(`The indexes ${enumerate(vectorIndexes)} are valid.`)];
}
