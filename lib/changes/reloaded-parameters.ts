/**
 * Parameters of PostgreSQL that count without a restart, by how their names begin: their context in pg_settings is
 * user, superuser or sighup. https://www.postgresql.org/docs/current/runtime-config.html
 */
export const reloaded: readonly string[] = [
  'autovacuum_analyze_',
  'autovacuum_naptime',
  'autovacuum_vacuum_',
  'checkpoint_',
  'default_statistics_target',
  'effective_cache_size',
  'effective_io_concurrency',
  'idle_in_transaction_session_timeout',
  'jit',
  'lock_timeout',
  'log_',
  'maintenance_',
  'max_parallel_',
  'max_slot_wal_keep_size',
  'max_wal_size',
  'min_wal_size',
  'random_page_cost',
  'seq_page_cost',
  'statement_timeout',
  'synchronous_commit',
  'temp_buffers',
  'wal_compression',
  'wal_keep_size',
  'work_mem',
];
