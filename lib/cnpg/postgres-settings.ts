import { nearest } from '../text/nearest.ts';
import { quote } from '../text/quoting.ts';

/**
 * What is wrong with the name of a PostgreSQL setting, as the rest of a sentence that begins with the quoted name;
 * undefined when PostgreSQL 14 to 18 has it, or an extension may. PostgreSQL does not start with another one.
 */
export function settingNameProblem(name: string): string | undefined {
  const { known, kinds } = settings();
  if (name.includes('.') || kinds.has(name)) return undefined;
  const suggestion = nearest(name, known);
  const advice = suggestion === undefined ? 'Remove it.' : `Did you mean ${quote(suggestion)}?`;
  return `is not a setting of PostgreSQL, which would not start. ${advice}`;
}

/** The settings of PostgreSQL itself. */
export function settingNames(): readonly string[] {
  return settings().known;
}

/** What is wrong with the value of a PostgreSQL setting, as a sentence; undefined when it is of the right kind. */
export function settingValueProblem(name: string, value: string): string | undefined {
  switch (settings().kinds.get(name)) {
    case 'truth':
      return /^(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0)$/i.test(value)
        ? undefined
        : `${quote(value)} is neither on nor off. Write "on" or "off".`;
    case 'number':
      return isNumber(value)
        ? undefined
        : `${quote(value)} is not a number with a unit of PostgreSQL. Write one such as "4", "16MB" or "5min".`;
    default:
      return undefined;
  }
}

/** Units are read as they are written here: https://www.postgresql.org/docs/current/config-setting.html */
function isNumber(value: string): boolean {
  return /^\s*[+-]?(0[xX][\da-fA-F]+|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)\s*(B|kB|MB|GB|TB|us|ms|s|min|h|d)?\s*$/.test(
    value,
  );
}

type Kind = 'truth' | 'number' | 'other';

interface Settings {
  readonly known: readonly string[];
  readonly kinds: ReadonlyMap<string, Kind>;
}

let read: Settings | undefined;

/** Read when somebody sets one, since few do. */
function settings(): Settings {
  read ??= settingsOf({ truth, number, other });
  return read;
}

function settingsOf(names: Readonly<Record<Kind, string>>): Settings {
  const listed = (['truth', 'number', 'other'] as const).flatMap((kind) =>
    names[kind]
      .trim()
      .split(/\s+/)
      .map((name): [string, Kind] => [name, kind]),
  );
  return { known: listed.map(([name]) => name), kinds: new Map(listed) };
}

// Compared with pg_settings of PostgreSQL 14 to 18: see setting-majors.ts, which knows what not all of them have.
// log_connections is a list since 18, and wal_compression a method since 15.

/** On or off. */
const truth = `
allow_alter_system allow_in_place_tablespaces allow_system_table_mods array_nulls autovacuum
bonjour check_function_bodies data_sync_retry db_user_namespace debug_pretty_print
debug_print_parse debug_print_plan debug_print_rewritten default_transaction_deferrable
default_transaction_read_only enable_async_append enable_bitmapscan enable_distinct_reordering
enable_gathermerge enable_group_by_reordering enable_hashagg enable_hashjoin
enable_incremental_sort enable_indexonlyscan enable_indexscan enable_material enable_memoize
enable_mergejoin enable_nestloop enable_parallel_append enable_parallel_hash
enable_partition_pruning enable_partitionwise_aggregate enable_partitionwise_join
enable_presorted_aggregate enable_self_join_elimination enable_seqscan enable_sort
enable_tidscan escape_string_warning event_triggers exit_on_error fsync full_page_writes geqo
gss_accept_delegation hot_standby hot_standby_feedback ignore_checksum_failure
ignore_invalid_pages ignore_system_indexes jit jit_debugging_support jit_dump_bitcode
jit_expressions jit_profiling_support jit_tuple_deforming krb_caseins_users lo_compat_privileges
log_checkpoints log_disconnections log_duration log_executor_stats log_hostname
log_lock_failures log_lock_waits log_parser_stats log_planner_stats log_recovery_conflict_waits
log_replication_commands log_statement_stats log_truncate_on_rotation logging_collector
md5_password_warnings parallel_leader_participation quote_all_identifiers
recovery_target_inclusive remove_temp_files_after_crash restart_after_crash row_security
send_abort_for_crash send_abort_for_kill ssl ssl_passphrase_command_supports_reload
ssl_prefer_server_ciphers standard_conforming_strings summarize_wal sync_replication_slots
synchronize_seqscans syslog_sequence_numbers syslog_split_messages trace_connection_negotiation
trace_notify trace_sort track_activities track_commit_timestamp track_cost_delay_timing
track_counts track_io_timing track_wal_io_timing transaction_deferrable transaction_read_only
transform_null_equals update_process_title vacuum_truncate wal_init_zero wal_log_hints
wal_receiver_create_temp_slot wal_recycle zero_damaged_pages
`;

/** Numbers, of which many have a unit. */
const number = `
archive_timeout authentication_timeout autovacuum_analyze_scale_factor
autovacuum_analyze_threshold autovacuum_freeze_max_age autovacuum_max_workers
autovacuum_multixact_freeze_max_age autovacuum_naptime autovacuum_vacuum_cost_delay
autovacuum_vacuum_cost_limit autovacuum_vacuum_insert_scale_factor
autovacuum_vacuum_insert_threshold autovacuum_vacuum_max_threshold
autovacuum_vacuum_scale_factor autovacuum_vacuum_threshold autovacuum_work_mem
autovacuum_worker_slots backend_flush_after bgwriter_delay bgwriter_flush_after
bgwriter_lru_maxpages bgwriter_lru_multiplier checkpoint_completion_target
checkpoint_flush_after checkpoint_timeout checkpoint_warning client_connection_check_interval
commit_delay commit_siblings commit_timestamp_buffers cpu_index_tuple_cost cpu_operator_cost
cpu_tuple_cost cursor_tuple_fraction deadlock_timeout debug_discard_caches
default_statistics_target effective_cache_size effective_io_concurrency extra_float_digits
from_collapse_limit geqo_effort geqo_generations geqo_pool_size geqo_seed geqo_selection_bias
geqo_threshold gin_fuzzy_search_limit gin_pending_list_limit hash_mem_multiplier huge_page_size
idle_in_transaction_session_timeout idle_replication_slot_timeout idle_session_timeout
io_combine_limit io_max_combine_limit io_max_concurrency io_workers jit_above_cost
jit_inline_above_cost jit_optimize_above_cost join_collapse_limit lock_timeout
log_autovacuum_min_duration log_file_mode log_min_duration_sample log_min_duration_statement
log_parameter_max_length log_parameter_max_length_on_error log_rotation_age log_rotation_size
log_startup_progress_interval log_statement_sample_rate log_temp_files
log_transaction_sample_rate logical_decoding_work_mem maintenance_io_concurrency
maintenance_work_mem max_active_replication_origins max_connections max_files_per_process
max_locks_per_transaction max_logical_replication_workers max_notify_queue_pages
max_parallel_apply_workers_per_subscription max_parallel_maintenance_workers
max_parallel_workers max_parallel_workers_per_gather max_pred_locks_per_page
max_pred_locks_per_relation max_pred_locks_per_transaction max_prepared_transactions
max_replication_slots max_slot_wal_keep_size max_stack_depth max_standby_archive_delay
max_standby_streaming_delay max_sync_workers_per_subscription max_wal_senders max_wal_size
max_worker_processes min_dynamic_shared_memory min_parallel_index_scan_size
min_parallel_table_scan_size min_wal_size multixact_member_buffers multixact_offset_buffers
notify_buffers old_snapshot_threshold parallel_setup_cost parallel_tuple_cost port
post_auth_delay pre_auth_delay random_page_cost recovery_min_apply_delay
recursive_worktable_factor reserved_connections scram_iterations seq_page_cost
serializable_buffers shared_buffers statement_timeout subtransaction_buffers
superuser_reserved_connections tcp_keepalives_count tcp_keepalives_idle tcp_keepalives_interval
tcp_user_timeout temp_buffers temp_file_limit track_activity_query_size transaction_buffers
transaction_timeout unix_socket_permissions vacuum_buffer_usage_limit vacuum_cost_delay
vacuum_cost_limit vacuum_cost_page_dirty vacuum_cost_page_hit vacuum_cost_page_miss
vacuum_defer_cleanup_age vacuum_failsafe_age vacuum_freeze_min_age vacuum_freeze_table_age
vacuum_max_eager_freeze_failure_rate vacuum_multixact_failsafe_age
vacuum_multixact_freeze_min_age vacuum_multixact_freeze_table_age wal_buffers
wal_decode_buffer_size wal_keep_size wal_receiver_status_interval wal_receiver_timeout
wal_retrieve_retry_interval wal_sender_timeout wal_skip_threshold wal_summary_keep_time
wal_writer_delay wal_writer_flush_after work_mem
`;

/** Words and texts. */
const other = `
application_name archive_cleanup_command archive_command archive_library archive_mode
backslash_quote backtrace_functions bonjour_name bytea_output client_encoding
client_min_messages cluster_name compute_query_id config_file constraint_exclusion
createrole_self_grant data_directory datestyle debug_io_direct
debug_logical_replication_streaming debug_parallel_query default_table_access_method
default_tablespace default_text_search_config default_toast_compression
default_transaction_isolation dynamic_library_path dynamic_shared_memory_type event_source
extension_control_path extension_destdir external_pid_file file_copy_method file_extend_method
force_parallel_mode hba_file huge_pages icu_validation_level ident_file intervalstyle io_method jit_provider
krb_server_keyfile lc_messages lc_monetary lc_numeric lc_time listen_addresses
local_preload_libraries log_connections log_destination log_directory log_error_verbosity
log_filename log_line_prefix log_min_error_statement log_min_messages log_statement log_timezone
oauth_validator_libraries password_encryption plan_cache_mode primary_conninfo primary_slot_name
promote_trigger_file recovery_end_command recovery_init_sync_method recovery_prefetch
recovery_target recovery_target_action recovery_target_lsn recovery_target_name
recovery_target_time recovery_target_timeline recovery_target_xid restore_command
restrict_nonsystem_relation_kind search_path session_preload_libraries session_replication_role
shared_memory_type shared_preload_libraries ssl_ca_file ssl_cert_file ssl_ciphers ssl_crl_dir
ssl_crl_file ssl_dh_params_file ssl_ecdh_curve ssl_groups ssl_key_file ssl_max_protocol_version
ssl_min_protocol_version ssl_passphrase_command ssl_tls13_ciphers stats_fetch_consistency
stats_temp_directory synchronized_standby_slots synchronous_commit synchronous_standby_names
syslog_facility syslog_ident temp_tablespaces timezone timezone_abbreviations
trace_recovery_messages track_functions transaction_isolation unix_socket_directories
unix_socket_group wal_compression wal_consistency_checking wal_level wal_sync_method xmlbinary
xmloption
`;
