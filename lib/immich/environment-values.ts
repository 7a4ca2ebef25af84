import { quote } from '../text/quoting.ts';
import { compareVersions, type Version } from '../values/version.ts';
import { release } from './release.ts';

/**
 * What is wrong with the value of a variable of Immich's server, in a sentence that says what to write instead;
 * undefined when nothing is known against it. The server checks its environment at start, and ends when it is wrong:
 * `EnvSchema` in its server/src/dtos/env.dto.ts. Values of secrets are not repeated.
 *
 * A value that Kubernetes fills in, as `$(NAME)`, is not judged.
 */
export function environmentValueProblem(
  name: string,
  value: string,
  version: Version | undefined,
): string | undefined {
  // An empty value counts as not set.
  if (value === '' || value.includes('$(')) return undefined;
  const problem = checks.get(name)?.(value, version);
  return problem === undefined ? undefined : `${name} ${problem}`;
}

/** Continues a sentence that begins with the name of the variable. */
type Check = (value: string, version: Version | undefined) => string | undefined;

const port: Check = (value) =>
  /^\d+$/.test(value) && Number(value) <= 65_535
    ? undefined
    : `is ${quote(value)}, which is not a port. Write a number such as 2283.`;

const number: Check = (value) =>
  /^\d+$/.test(value) ? undefined : `is ${quote(value)}, which is not a whole number. Write one such as 0.`;

const truth: Check = (value) =>
  /^(true|false|1|0|yes|no|on|off|y|n|enabled|disabled)$/i.test(value)
    ? undefined
    : `is ${quote(value)}, which is neither true nor false. Write "true" or "false".`;

const absolutePath: Check = (value, version) =>
  value.startsWith('/') || (version !== undefined && compareVersions(version, release(1, 136, 0)) < 0)
    ? undefined
    : `is ${quote(value)}, which is not an absolute path. Write one such as /data.`;

const vectorExtension: Check = (value, version) => {
  if (value !== 'pgvecto.rs') return oneOf('vectorchord', 'pgvector')(value, version);
  return version === undefined || compareVersions(version, release(3, 0, 0)) < 0
    ? undefined
    : `is "pgvecto.rs", which Immich v3.0.0 removed. Leave it out, for VectorChord.`;
};

const redisUrl: Check = (value) =>
  value.startsWith('ioredis://')
    ? undefined
    : 'does not start with ioredis://, so that it is ignored. Write REDIS_HOSTNAME and REDIS_PORT, or ioredis:// and the base64 of ioredis options as JSON.';

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['IMMICH_PORT', port],
  ['IMMICH_API_METRICS_PORT', port],
  ['IMMICH_MICROSERVICES_METRICS_PORT', port],
  ['DB_PORT', port],
  ['REDIS_PORT', port],
  ['REDIS_DBINDEX', number],
  ['IMMICH_ENV', oneOf('production', 'development', 'testing')],
  ['IMMICH_LOG_LEVEL', oneOf('verbose', 'debug', 'log', 'warn', 'error', 'fatal')],
  ['IMMICH_LOG_FORMAT', oneOf('console', 'json')],
  ['IMMICH_MEDIA_LOCATION', absolutePath],
  ['IMMICH_PLUGINS_INSTALL_FOLDER', absolutePath],
  ['IMMICH_ALLOW_EXTERNAL_PLUGINS', truth],
  ['IMMICH_IGNORE_MOUNT_CHECK_ERRORS', truth],
  ['IMMICH_ALLOW_SETUP', truth],
  ['DB_SKIP_MIGRATIONS', truth],
  ['DB_SSL_MODE', oneOf('disable', 'allow', 'prefer', 'require', 'verify-full')],
  ['DB_VECTOR_EXTENSION', vectorExtension],
  ['IMMICH_WORKERS_INCLUDE', listOf('api', 'microservices', 'maintenance')],
  ['IMMICH_WORKERS_EXCLUDE', listOf('api', 'microservices')],
  ['IMMICH_TELEMETRY_INCLUDE', (value, version) => (value === 'all' ? undefined : telemetry(value, version))],
  ['REDIS_URL', redisUrl],
]);

function telemetry(value: string, version: Version | undefined): string | undefined {
  return listOf('host', 'api', 'io', 'repo', 'job')(value, version);
}

function oneOf(...words: readonly string[]): Check {
  return (value) =>
    words.includes(value) ? undefined : `is ${quote(value)}. Write one of ${words.join(', ')}.`;
}

function listOf(...words: readonly string[]): Check {
  return (value) => {
    const wrong = value
      .replaceAll(/\s/g, '')
      .split(',')
      .find((word) => word !== '' && !words.includes(word));
    return wrong === undefined
      ? undefined
      : `has ${quote(wrong)}. Write a comma-separated list of ${words.join(', ')}.`;
  };
}
