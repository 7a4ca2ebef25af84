/** The one instance of a restored Cluster, as CloudNativePG calls its pod. */
export function instanceOf(database: string): string {
  return `${database}-1`;
}

/** The Job in which CloudNativePG runs pg_upgrade: https://cloudnative-pg.io/documentation/current/postgres_upgrades/ */
export function upgradeJobOf(database: string): string {
  return `${instanceOf(database)}-major-upgrade`;
}

/** The Deployment of the next server. */
export function serverOf(rehearsal: string): string {
  return `${rehearsal}-server`;
}

/** The Deployment of the server's Valkey. */
export function valkeyOf(rehearsal: string): string {
  return `${rehearsal}-valkey`;
}
