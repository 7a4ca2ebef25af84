import { settingNameProblem, settingNames, settingValueProblem } from '../cnpg/postgres-settings.ts';
import { record } from '../schema/list.ts';
import { anyText, textLike } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { quote } from '../values/parsed.ts';

/** https://cloudnative-pg.io/documentation/current/postgresql_conf/#fixed-parameters */
const operatorsOwn = new Set([
  'allow_system_table_mods',
  'archive_cleanup_command',
  'archive_command',
  'archive_mode',
  'bonjour',
  'bonjour_name',
  'cluster_name',
  'config_file',
  'data_directory',
  'data_sync_retry',
  'event_source',
  'external_pid_file',
  'hba_file',
  'hot_standby',
  'ident_file',
  'jit_provider',
  'listen_addresses',
  'log_destination',
  'log_directory',
  'log_file_mode',
  'log_filename',
  'log_rotation_age',
  'log_rotation_size',
  'log_truncate_on_rotation',
  'logging_collector',
  'pg_failover_slots.primary_dsn',
  'pg_failover_slots.standby_slot_names',
  'port',
  'primary_conninfo',
  'primary_slot_name',
  'promote_trigger_file',
  'recovery_end_command',
  'recovery_min_apply_delay',
  'recovery_target',
  'recovery_target_action',
  'recovery_target_inclusive',
  'recovery_target_lsn',
  'recovery_target_name',
  'recovery_target_time',
  'recovery_target_timeline',
  'recovery_target_xid',
  'restart_after_crash',
  'restore_command',
  'shared_preload_libraries',
  'stats_temp_directory',
  'synchronized_standby_slots',
  'synchronous_standby_names',
  'syslog_facility',
  'syslog_ident',
  'syslog_sequence_numbers',
  'syslog_split_messages',
  'temp_tablespaces',
  'unix_socket_directories',
  'unix_socket_group',
  'unix_socket_permissions',
]);

const ofExtensions = [...operatorsOwn]
  .filter((name) => name.includes('.'))
  .map((name) => name.replace('.', '\\.'));

/** The name of a PostgreSQL setting that a person may give a value to. */
const postgresParameter: Schema<string> = {
  read: refine(
    textLike(
      /^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?$/,
      (name) =>
        `${quote(name)} is not the name of a PostgreSQL setting. Write lower-case letters, digits and underscores, such as work_mem.`,
    ),
    (name, at) => {
      const problem = isOfOperator(name)
        ? 'is set by CloudNativePG, whose webhook refuses any other value. Remove it.'
        : settingNameProblem(name);
      return problem === undefined ? name : at.error(`${quote(name)} ${problem}`);
    },
  ).read,
  // Settings of extensions have a dot, and nobody knows them all.
  json: {
    type: 'string',
    oneOf: [
      { enum: settingNames().filter((name) => !isOfOperator(name)) },
      { pattern: `^(?!(?:${ofExtensions.join('|')})$)[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*$` },
    ],
  },
};

/** PostgreSQL settings with their values, as texts. */
export const postgresParameters = refine(record(postgresParameter, anyText), (parameters, at) => {
  for (const [name, value] of Object.entries(parameters)) {
    const problem = settingValueProblem(name, value);
    if (problem !== undefined) at.in(name).error(problem);
  }
  return parameters;
});

function isOfOperator(name: string): boolean {
  return operatorsOwn.has(name) || isOfTls(name);
}

/** The versions of TLS and their ciphers are free, certificates and keys are not. */
function isOfTls(name: string): boolean {
  return /^ssl($|_(ca|cert|crl|dh_params|key)_file$|_ecdh_curve$|_passphrase_|_prefer_)/.test(name);
}
