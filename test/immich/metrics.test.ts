import { isMetric } from './served-metrics.ts';

test.each([
  'immich_users_total',
  'immich_queues_thumbnail_generation_active',
  'immich_queues_ocr_started_total',
  'immich_jobs_asset_generate_thumbnails_success_total',
  'immich_jobs_database_backup_failed_total',
  'immich_asset_repository_get_by_id_duration_bucket',
  'http_server_request_count_total',
])('%s is served', (name) => expect(isMetric(name)).toBe(true));

test.each([
  // Asked for, and in no release: https://github.com/immich-app/immich/issues/11069
  'immich_queues_thumbnail_generation_waiting',
  'immich_queues_thumbnails_active',
  'immich_jobs_ocr_error_total',
  'immich_jobs_ocr_failed',
  'http_server_requests_total',
])('%s is not', (name) => expect(isMetric(name)).toBe(false));
