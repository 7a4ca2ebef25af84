import { variables } from './variable.ts';

/**
 * What the server reads, from `EnvSchema` in its server/src/dtos/env.dto.ts, its start script, and
 * https://docs.immich.app/install/environment-variables
 *
 * From which version on, and up to which, stands in ../releases.json.
 */
export const serverVariables = variables({
  IMMICH_ENV: { description: 'The kind of environment, production or development; default production.' },
  IMMICH_LOG_LEVEL: {
    description: 'The least severe messages to log: verbose, debug, log, warn, error or fatal; default log.',
  },
  IMMICH_LOG_FORMAT: {
    description: 'The form of log lines, console or json; default console.',
  },
  NO_COLOR: { description: 'Any value switches colours in logs off.' },
  IMMICH_MEDIA_LOCATION: {
    description: 'The absolute path below which all files are kept; it must match what the database holds.',
  },
  IMMICH_CONFIG_FILE: {
    description: 'The path of a configuration file that replaces the settings in the database.',
  },
  IMMICH_HELMET_FILE: {
    description:
      'The path of a JSON file with security headers, or true for those that Immich ships; default false.',
  },
  IMMICH_HOST: { description: 'The address to listen on; default all.' },
  IMMICH_PORT: { description: 'The port to listen on; default 2283.' },
  IMMICH_WORKERS_INCLUDE: {
    description: 'A comma-separated list of the workers to run: api, microservices.',
  },
  IMMICH_WORKERS_EXCLUDE: { description: 'A comma-separated list of workers not to run.' },
  IMMICH_TRUSTED_PROXIES: {
    description: 'A comma-separated list of addresses and networks whose forwarding headers are trusted.',
  },
  IMMICH_ALLOW_SETUP: {
    description: 'Whether the first visitor may become administrator or restore a backup; default true.',
  },
  IMMICH_ALLOW_EXTERNAL_PLUGINS: {
    description: 'Whether plugins that do not come with Immich may be loaded.',
  },
  IMMICH_PLUGINS_ENABLED: { description: 'Whether plugins are loaded.' },
  IMMICH_PLUGINS_INSTALL_FOLDER: { description: 'The absolute path of the folder for plugins.' },
  IMMICH_IGNORE_MOUNT_CHECK_ERRORS: {
    description: 'Starts although a media folder lacks its marker file; it hides an empty or missing volume.',
  },
  IMMICH_PROCESS_INVALID_IMAGES: { description: 'Whether to make thumbnails of damaged images too.' },
  IMMICH_TELEMETRY_INCLUDE: {
    description: 'What to collect metrics of: all, or a comma-separated list of host, api, io, repo, job.',
  },
  IMMICH_TELEMETRY_EXCLUDE: { description: 'What not to collect metrics of, a comma-separated list.' },
  IMMICH_API_METRICS_PORT: { description: 'The port of the metrics of the api worker; default 8081.' },
  IMMICH_MICROSERVICES_METRICS_PORT: {
    description: 'The port of the metrics of the microservices worker; default 8082.',
  },
  IMMICH_MACHINE_LEARNING_ENABLED: {
    description:
      'Whether to use machine learning where machineLearning.enabled is not configured; default true.',
  },
  IMMICH_MACHINE_LEARNING_URL: {
    description:
      'The address of machine learning where machineLearning.urls is not configured; default http://immich-machine-learning:3003.',
  },
  IMMICH_MACHINE_LEARNING_PING_TIMEOUT: {
    description: 'The milliseconds to wait for machine learning to answer.',
    replacedBy: 'machineLearning.availabilityChecks.timeout in the configuration file',
  },
  IMMICH_MACHINE_LEARNING_AVAILABILITY_BACKOFF_TIME: {
    description: 'The milliseconds for which machine learning that did not answer is left alone.',
    replacedBy: 'machineLearning.availabilityChecks.interval in the configuration file',
  },
  IMMICH_BUILD_DATA: { description: 'The folder of geodata and web files; default /build.' },
  IMMICH_BUILD: { description: 'The build number, for display.' },
  IMMICH_BUILD_URL: { description: 'A link for the build number.' },
  IMMICH_BUILD_IMAGE: { description: 'The name of the image, for display.' },
  IMMICH_BUILD_IMAGE_URL: { description: 'A link for the name of the image.' },
  IMMICH_REPOSITORY: { description: 'The source repository, for display.' },
  IMMICH_REPOSITORY_URL: { description: 'A link to the source repository.' },
  IMMICH_SOURCE_REF: { description: 'The branch or tag of the source, for display.' },
  IMMICH_SOURCE_COMMIT: { description: 'The commit of the source, for display.' },
  IMMICH_SOURCE_URL: { description: 'A link to the source.' },
  IMMICH_THIRD_PARTY_SOURCE_URL: { description: 'A link to the source of a changed Immich.' },
  IMMICH_THIRD_PARTY_BUG_FEATURE_URL: { description: 'A link to the bug reports of a changed Immich.' },
  IMMICH_THIRD_PARTY_DOCUMENTATION_URL: { description: 'A link to the documentation of a changed Immich.' },
  IMMICH_THIRD_PARTY_SUPPORT_URL: { description: 'A link to the support of a changed Immich.' },
  CPU_CORES: { description: 'The number of processors to assume; default all of the node.' },
  // The only way to verify both connections of Immich: see ../database-url.ts.
  DB_URL: {
    description:
      'The address of the database; DB_HOSTNAME, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE_NAME and DB_SSL_MODE are then ignored.',
  },
  DB_HOSTNAME: { description: 'The host of the database; default database.' },
  DB_PORT: { description: 'The port of the database; default 5432.' },
  DB_USERNAME: { description: 'The user of the database; default postgres.' },
  DB_PASSWORD: { description: 'The password of the database; default postgres.' },
  DB_DATABASE_NAME: { description: 'The name of the database; default immich.' },
  DB_SSL_MODE: {
    description:
      'Whether the connection to the database is encrypted and verified: disable, allow, prefer, require or verify-full; pg_dump does not see it.',
  },
  DB_VECTOR_EXTENSION: {
    description: 'The vector extension, vectorchord or pgvector; default the one that the database offers.',
  },
  DB_SKIP_MIGRATIONS: {
    description: 'Whether to leave the database as it is at start; default false, true only to restore.',
  },
  CREDENTIALS_DIRECTORY: {
    description: 'The path of a folder with files that are named after variables and hold their values.',
  },
  DB_URL_FILE: { description: 'A file that holds DB_URL.' },
  DB_HOSTNAME_FILE: { description: 'A file that holds DB_HOSTNAME.' },
  DB_DATABASE_NAME_FILE: { description: 'A file that holds DB_DATABASE_NAME.' },
  DB_USERNAME_FILE: { description: 'A file that holds DB_USERNAME.' },
  DB_PASSWORD_FILE: { description: 'A file that holds DB_PASSWORD.' },
  REDIS_URL: {
    description:
      'Options of the Redis client as ioredis:// and base64 of JSON; the other variables of Redis are then ignored.',
  },
  REDIS_SOCKET: { description: 'The socket of Redis; its host and port are then ignored.' },
  REDIS_HOSTNAME: { description: 'The host of Redis; default redis.' },
  REDIS_PORT: { description: 'The port of Redis; default 6379.' },
  REDIS_USERNAME: { description: 'The user of Redis.' },
  REDIS_PASSWORD: { description: 'The password of Redis.' },
  REDIS_DBINDEX: { description: 'The number of the Redis database; default 0.' },
  REDIS_PASSWORD_FILE: { description: 'A file that holds REDIS_PASSWORD.' },
});

/** What older servers read, and no server since v1.130 does. */
export const legacyServerVariables = variables({
  IMMICH_DISABLE_MIMALLOC: { description: 'Whether to use the memory allocator of the C library.' },
  LOG_LEVEL: { description: 'The log level.', replacedBy: 'IMMICH_LOG_LEVEL' },
  SERVER_PORT: { description: 'The port to listen on.', replacedBy: 'IMMICH_PORT' },
  MICROSERVICES_PORT: { description: 'The port of the microservices.' },
  IMMICH_METRICS: { description: 'Whether to collect metrics.', replacedBy: 'IMMICH_TELEMETRY_INCLUDE=all' },
  IMMICH_API_METRICS: {
    description: 'Whether to collect metrics of requests.',
    replacedBy: 'IMMICH_TELEMETRY_INCLUDE=api',
  },
  IMMICH_HOST_METRICS: {
    description: 'Whether to collect metrics of the host.',
    replacedBy: 'IMMICH_TELEMETRY_INCLUDE=host',
  },
  IMMICH_IO_METRICS: {
    description: 'Whether to collect metrics of input and output.',
    replacedBy: 'IMMICH_TELEMETRY_INCLUDE=io',
  },
  IMMICH_JOB_METRICS: {
    description: 'Whether to collect metrics of jobs.',
    replacedBy: 'IMMICH_TELEMETRY_INCLUDE=job',
  },
  JWT_SECRET: { description: 'A key for sessions, which are in the database now.' },
  DISABLE_REVERSE_GEOCODING: {
    description: 'Whether to leave place names out.',
    replacedBy: 'reverseGeocoding.enabled in the configuration file',
  },
  REVERSE_GEOCODING_PRECISION: { description: 'How many places to load.' },
  PUBLIC_LOGIN_PAGE_MESSAGE: {
    description: 'A message on the login page.',
    replacedBy: 'server.loginPageMessage in the configuration file',
  },
});

/** What only Immich's docker-compose.yml reads, to fill other values in. */
export const composeVariables = new Set([
  'UPLOAD_LOCATION',
  'DB_DATA_LOCATION',
  'IMMICH_VERSION',
  'DB_STORAGE_TYPE',
]);
