/**
 * Metrics of Immich's server, as Prometheus names them: dots of OpenTelemetry become underscores, and counters end in
 * `_total`. Names: server/src/services/telemetry.service.ts and server/src/enum.ts of
 * https://github.com/immich-app/immich, read at v3.0.3; `IMMICH_TELEMETRY_INCLUDE` says which group is served.
 */

/** A regular expression for the counters of jobs that failed, with the name of the job as its group. */
export function failedJobs(jobs = '.+'): string {
  return `immich_jobs_(${jobs})_failed_total`;
}

/** The same for jobs that succeeded. */
export function succeededJobs(jobs = '.+'): string {
  return `immich_jobs_(${jobs})_success_total`;
}

/** A regular expression for what is being worked on in each queue, with the name of the queue as its group. */
export const activeInQueues = 'immich_queues_(.+)_active';

/** The series whose names fit a pattern. */
export function seriesOf(namespace: string, pattern: string): string {
  return `{__name__=~"${pattern}",namespace="${namespace}"}`;
}

/** The same with a label that holds what the group of the pattern fits, since functions drop names. */
export function labelledSeriesOf(namespace: string, pattern: string, label: string): string {
  return `label_replace(${seriesOf(namespace, pattern)}, "${label}", "$1", "__name__", "${pattern}")`;
}
