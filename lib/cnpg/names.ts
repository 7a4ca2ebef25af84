/** What CloudNativePG calls the Barman Cloud plugin: https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/ */
export const barmanPlugin = 'barman-cloud.cloudnative-pg.io';

/** The port of PostgreSQL, on instances, poolers and Services alike. */
export const postgresPort = { name: 'postgres', number: 5432 } as const;

/** Where each instance answers Prometheus: https://cloudnative-pg.io/documentation/current/monitoring/ */
export const metricsPort = 9187;

/** Where the operator asks each instance how it is: https://cloudnative-pg.io/documentation/current/networking/ */
export const statusPort = 8000;

/** The label of all pods and claims of a database; its value is the name of the Cluster. */
export const clusterLabel = 'cnpg.io/cluster';

/** The label that says what a pod of CloudNativePG is: an instance, a pooler, or a job of one. */
export const podRoleLabel = 'cnpg.io/podRole';

/** The label of an instance that says whether it is the `primary` or a `replica`. https://cloudnative-pg.io/documentation/current/labels_annotations/ */
export const instanceRoleLabel = 'cnpg.io/instanceRole';

/** The container of an instance that PostgreSQL runs in. https://cloudnative-pg.io/documentation/current/operator_conf/ */
export const instanceContainer = 'postgres';

/** The label of the pods of a pooler; its value is the name of the Pooler. */
export const poolerLabel = 'cnpg.io/poolerName';

/** The label of the Service by which the operator finds a plugin. https://cloudnative-pg.io/documentation/current/cnpg_i/ */
export const pluginLabel = 'cnpg.io/pluginName';

/** The annotation that lets a new database archive into a folder that is not empty. */
export const skipArchiveCheck = 'cnpg.io/skipEmptyWalArchiveCheck';

/** What a Service of a database leads to: `rw` the primary, `ro` the replicas, `r` all instances. */
export type ServiceRole = 'rw' | 'ro' | 'r';

/** The Service of a database: https://cloudnative-pg.io/documentation/current/service_management/ */
export function serviceOf(cluster: string, role: ServiceRole): string {
  return `${cluster}-${role}`;
}

/** Whose login or certificate a Secret holds. */
export type SecretRole = 'app' | 'superuser' | 'ca' | 'server' | 'replication';

/** A Secret that the operator makes: https://cloudnative-pg.io/documentation/current/applications/#secrets */
export function secretOf(cluster: string, role: SecretRole): string {
  return `${cluster}-${role}`;
}

/** The labels of a database's pods. */
export function instanceLabels(cluster: string): { readonly [clusterLabel]: string } {
  return { [clusterLabel]: cluster };
}
