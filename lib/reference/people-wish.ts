/** Something that people ask for, and how it is said in an installation file, or why not even Immich can do it. */
export interface PeopleWish {
  readonly wish: string;
  readonly answer:
    | { readonly keys: readonly string[] }
    | { readonly otherwise: string }
    | { readonly cannot: string };
}

/** What people ask for in the trackers of Immich and its chart, and what is done about it. */
export const wishes: readonly PeopleWish[] = [
  { wish: 'External and several read-only libraries', answer: { keys: ['volumes.externalLibraries'] } },
  { wish: 'An HTTPRoute', answer: { keys: ['route.gateway'] } },
  {
    wish: 'Graphics cards and runtime classes',
    answer: { keys: ['server.gpu', 'machineLearning.gpu', 'server.runtimeClass'] },
  },
  {
    wish: 'Secrets inside of the configuration',
    answer: { keys: ['config.oauth.clientSecret', 'config.notifications.smtp.transport.password'] },
  },
  { wish: 'A worker of its own', answer: { keys: ['server.microservices'] } },
  { wish: 'The database included', answer: { keys: ['database.cnpg'] } },
  {
    wish: 'A way from Docker Compose, Bitnami or pgvecto.rs',
    answer: { otherwise: '`immich-cdk8s adopt` and [moving in](moving-in.md).' },
  },
  { wish: 'One volume, and updates that do not hang', answer: { keys: ['volumes.library.accessMode'] } },
  { wish: 'Not root, and restricted', answer: { keys: ['server.user', 'server.readOnlyRootFilesystem'] } },
  { wish: 'Network policies', answer: { keys: ['network.policies', 'network.egress', 'network.clients'] } },
  {
    wish: 'A password for the queue; a Redis or Dragonfly that runs already; TLS and Sentinel',
    answer: { keys: ['valkey.password', 'valkey.external.host', 'valkey.external.url'] },
  },
  {
    wish: 'Probes and a start of machine learning that do not kill it',
    answer: { otherwise: 'They are there, and fit the models and the card.' },
  },
  {
    wish: 'Uploads that are not cut off',
    answer: { keys: ['route.traefik.readTimeout', 'route.gateway.class'] },
  },
  { wish: 'The depth of queues as a metric', answer: { cannot: 'Immich does not tell it.' } },
  { wish: 'Metrics of machine learning', answer: { cannot: 'Immich does not have them.' } },
  { wish: 'A dashboard for Grafana', answer: { keys: ['monitoring.dashboards'] } },
  { wish: 'Monitors with the right ports', answer: { keys: ['monitoring.enabled'] } },
  { wish: 'Immich as new as its last release', answer: { keys: ['version'] } },
  {
    wish: 'A schema of all values',
    answer: {
      otherwise: '`schema/installation.json`, which editors read, and [the reference](reference.md).',
    },
  },
  { wish: 'TLS to the database', answer: { keys: ['database.external.ca', 'database.cnpg.ca'] } },
  {
    wish: 'The first administrator, or a token, in git',
    answer: { cannot: 'Immich makes the first account in its web interface alone.' },
  },
  { wish: 'Several backends of machine learning', answer: { keys: ['config.machineLearning.urls'] } },
  { wish: 'Two pods of the server, safely', answer: { keys: ['server.replicas'] } },
  {
    wish: 'Photos in S3',
    answer: { cannot: 'Immich keeps photos in files only; a bucket can hold their backups.' },
  },
  {
    wish: 'A restore that works, and is tried',
    answer: { keys: ['database.cnpg.restoreFrom', 'database.cnpg.backup.drill'] },
  },
];
