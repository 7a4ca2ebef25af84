import { environmentValueProblem } from '../../lib/immich/environment-values.ts';
import { release } from '../../lib/immich/release.ts';
import { newestKnown } from '../../lib/immich/versions.ts';

test.each([
  ['IMMICH_PORT', 'tcp://10.43.1.2:2283', 'IMMICH_PORT is "tcp://10.43.1.2:2283", which is not a port.'],
  ['DB_PORT', '70000', 'DB_PORT is "70000", which is not a port.'],
  ['REDIS_DBINDEX', 'zero', 'which is not a whole number'],
  ['IMMICH_LOG_LEVEL', 'info', 'IMMICH_LOG_LEVEL is "info". Write one of verbose, debug, log'],
  ['IMMICH_LOG_FORMAT', 'JSON', 'Write one of console, json.'],
  ['IMMICH_MEDIA_LOCATION', './upload', 'which is not an absolute path'],
  ['IMMICH_PLUGINS_INSTALL_FOLDER', 'plugins', 'which is not an absolute path'],
  ['IMMICH_ALLOW_SETUP', 'never', 'which is neither true nor false'],
  ['DB_SSL_MODE', 'verify-ca', 'Write one of disable, allow, prefer, require, verify-full.'],
  ['DB_VECTOR_EXTENSION', 'pgvecto.rs', 'which Immich v3.0.0 removed'],
  ['DB_VECTOR_EXTENSION', 'vchord', 'Write one of vectorchord, pgvector.'],
  ['IMMICH_WORKERS_INCLUDE', 'api,microservice', 'has "microservice"'],
  ['IMMICH_TELEMETRY_INCLUDE', 'jobs', 'has "jobs"'],
])('%s=%s is refused', (name, value, message) => {
  expect(environmentValueProblem(name, value, newestKnown)).toContain(message);
});

test.each([
  ['IMMICH_PORT', '2283'],
  ['IMMICH_LOG_LEVEL', 'warn'],
  ['IMMICH_MEDIA_LOCATION', '/data'],
  ['IMMICH_ALLOW_SETUP', 'False'],
  ['IMMICH_PLUGINS_INSTALL_FOLDER', '/data/plugins'],
  ['DB_SSL_MODE', 'verify-full'],
  ['DB_VECTOR_EXTENSION', 'vectorchord'],
  ['IMMICH_WORKERS_INCLUDE', 'api, microservices'],
  ['IMMICH_TELEMETRY_INCLUDE', 'all'],
  ['IMMICH_TELEMETRY_INCLUDE', 'api,job'],
  ['REDIS_URL', 'ioredis://eyJob3N0IjoicmVkaXMifQ=='],
  ['DB_PORT', '$(PORT)'],
  ['DB_PORT', ''],
  ['DB_HOSTNAME', 'anything'],
  ['FOO', 'bar'],
])('%s=%s is fine', (name, value) => {
  expect(environmentValueProblem(name, value, newestKnown)).toBeUndefined();
});

test('a value is fine on a version that takes it, and where the version is not known', () => {
  expect(environmentValueProblem('DB_VECTOR_EXTENSION', 'pgvecto.rs', release(2, 7, 5))).toBeUndefined();
  expect(environmentValueProblem('DB_VECTOR_EXTENSION', 'pgvecto.rs', undefined)).toBeUndefined();
  expect(environmentValueProblem('IMMICH_MEDIA_LOCATION', './upload', release(1, 135, 0))).toBeUndefined();
});

test('the value of a secret is not repeated', () => {
  const problem = environmentValueProblem('REDIS_URL', 'redis://:hunter2@redis:6379', newestKnown);
  expect(problem).toMatch(/^REDIS_URL does not start with ioredis:\/\//);
  expect(problem).not.toContain('hunter2');
});
