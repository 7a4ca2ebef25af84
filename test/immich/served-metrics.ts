/**
 * Names of metrics that a released server serves. Names: server/src/services/telemetry.service.ts and
 * server/src/enum.ts of https://github.com/immich-app/immich, read at v3.0.3.
 */

/** Queues, in snake case. Older versions have fewer. */
export const queues = [
  'thumbnail_generation',
  'metadata_extraction',
  'video_conversion',
  'face_detection',
  'facial_recognition',
  'smart_search',
  'duplicate_detection',
  'background_task',
  'storage_template_migration',
  'migration',
  'search',
  'sidecar',
  'library',
  'notifications',
  'backup_database',
  'ocr',
  'workflow',
  'integrity_check',
  'editor',
] as const;

/** The shapes of all names, by the port that serves them: those of the API, and those of the background jobs. */
const shapes: readonly RegExp[] = [
  /^immich_users_total$/,
  /^immich_jobs_[a-z0-9_]+_(success|failed|skipped)_total$/,
  new RegExp(`^immich_queues_(${queues.join('|')})_(active|started_total)$`),
  /^immich_[a-z0-9_]+_repository_[a-z0-9_]+_duration_(bucket|sum|count)$/,
  /^http_server_(request_count|response_count|response_success_count|response_error_count|abort_count)_total$/,
  /^http_server_(duration|request_size|response_size)_(bucket|sum|count)$/,
  /^http_client_request_error_count_total$/,
  /^(system_(cpu|memory|network)|process_(cpu|memory))_[a-z0-9_]+$/,
];

/** Whether a released server serves a metric of this name. */
export function isMetric(name: string): boolean {
  return shapes.some((shape) => shape.test(name));
}
