/**
 * Names and ports of our own objects. They are part of what is in people's clusters: a renamed claim or database is a
 * deleted one, and a renamed Deployment is a second one beside the first.
 */

export const serverName = 'immich-server';
export const microservicesName = 'immich-microservices';
export const serverPort = { name: 'http', number: 2283 };

/** Where the API and the background jobs serve metrics, when telemetry is on. */
export const metricsPorts = [
  { name: 'metrics-api', number: 8081 },
  { name: 'metrics-jobs', number: 8082 },
] as const;

export const machineLearningName = 'immich-machine-learning';
export const machineLearningPort = { name: 'http', number: 3003 };

export const valkeyName = 'immich-valkey';
export const valkeyPort = { name: 'redis', number: 6379 };

/** The name of Immich's database inside PostgreSQL, and of the role that owns it. */
export const databaseName = 'immich';
export const databasePort = { name: 'postgres', number: 5432 };

/** The ConfigMap of Immich's configuration file, and its key. */
export const configurationName = 'immich-config';
export const configurationFile = 'immich.yaml';

/** The route and the certificate of the host. */
export const routeName = 'immich';

/** The namespace in which Longhorn looks for recurring jobs. */
export const longhornNamespace = 'longhorn-system';

/** The objects of the restore drill, which live in a namespace of their own. */
export const drillName = 'immich-drill';

/** The objects of the drill of files, beside those of the restore drill. Its name does not begin with that of the other. */
export const fileDrillName = 'immich-file-drill';

/** The objects of a rehearsal, beside those of the drill while there is one; its server and Valkey have names that go on. */
export const rehearsalName = 'immich-rehearsal';

/** The dashboard for Grafana, and the key of its ConfigMap. */
export const dashboardName = 'immich-dashboard';
export const dashboardFile = 'immich-dashboard.json';

/** The PrometheusRules of Immich and of its files; those of the database are named after it. */
export const immichAlertsName = 'immich';
export const filesAlertsName = 'immich-files';

/** The Job that reads a dump into a new database, and all that belongs to it; its own name goes on. */
export const dumpImportName = 'immich-import';

/** The Job that looks whether vector indexes can be read, and all that belongs to it; its own name goes on. */
export const vectorIndexesName = 'immich-vectorchord';

/** The pods by which cert-manager proves that a host is ours, as policies name them; they come and go. */
export const challengeSolverName = 'acme-http01-solver';

/** What the names of an installation's Flux Kustomizations begin with; the name of the layer follows. */
export function kustomizationPrefix(installation: string): string {
  return `immich-${installation}-`;
}
