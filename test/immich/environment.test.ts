import { machineLearningVariables } from '../../lib/immich/environment/machine-learning.ts';
import { serverVariables } from '../../lib/immich/environment/server.ts';
import { type Component, environmentProblem } from '../../lib/immich/environment.ts';
import { release } from '../../lib/immich/release.ts';
import { newestKnown } from '../../lib/immich/versions.ts';

const problem = (component: Component, name: string, version = newestKnown) =>
  environmentProblem(component, name, version);

describe('a name that nothing reads', () => {
  test.each([
    ['IMMICH_LOGLEVEL', 'IMMICH_LOG_LEVEL'],
    ['DB_HOSTNAM', 'DB_HOSTNAME'],
    ['REDIS_HOSTNMAE', 'REDIS_HOSTNAME'],
    ['IMICH_PORT', 'IMMICH_PORT'],
    ['DB_PORT_FILE', 'DB_URL_FILE'],
    ['immich_port', 'IMMICH_PORT'],
  ])('%s is reported with the nearest known one', (name, replacement) => {
    expect(problem('server', name)?.replacement).toBe(replacement);
  });

  test('is reported without a suggestion when nothing is near', () => {
    expect(problem('server', 'IMMICH_FLUX_CAPACITOR')).toEqual({
      kind: 'unknown',
      message: "IMMICH_FLUX_CAPACITOR is not read by Immich's server. Leave it out.",
    });
  });

  test.each([
    'TZ',
    'HOME',
    'PATH',
    'NODE_ENV',
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'PGSSLROOTCERT',
    'PGSSLMODE',
    'HF_HOME',
    'HF_XET_CACHE',
    'TRANSFORMERS_CACHE',
    'MPLCONFIGDIR',
    'OMP_NUM_THREADS',
    'MALLOC_ARENA_MAX',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'NVIDIA_DRIVER_CAPABILITIES',
    'NVIDIA_VISIBLE_DEVICES',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'LIBVA_DRIVER_NAME',
    'HTTP_PROXY',
    'no_proxy',
    'UV_THREADPOOL_SIZE',
    'CREDENTIALS_DIRECTORY',
    'PASSWORD',
    'MY_DB_PORT',
    'MATCH_PORT',
  ])('is left alone when it could not be meant for Immich: %s', (name) => {
    expect(problem('server', name)).toBeUndefined();
    expect(problem('machine-learning', name)).toBeUndefined();
  });
});

describe('a name that another version reads', () => {
  test('that was removed is reported from then on', () => {
    const name = 'MACHINE_LEARNING_PRELOAD__CLIP';
    expect(problem('machine-learning', name, release(2, 7, 5))).toBeUndefined();
    expect(problem('machine-learning', name, release(3, 0, 0))).toMatchObject({
      kind: 'removed',
      message: expect.stringContaining('Set MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL'),
    });
  });

  test('that came later is reported until then', () => {
    expect(problem('server', 'IMMICH_ALLOW_SETUP', release(2, 4, 1))?.kind).toBe('not-yet');
    expect(problem('server', 'IMMICH_ALLOW_SETUP', release(2, 5, 0))).toBeUndefined();
  });

  test.each<[Component, string, [number, number, number], string | undefined]>([
    ['server', 'IMMICH_PLUGINS_ENABLED', [2, 2, 3], 'not-yet'],
    ['server', 'IMMICH_PLUGINS_ENABLED', [2, 4, 1], undefined],
    ['server', 'IMMICH_PLUGINS_ENABLED', [2, 5, 0], 'removed'],
    ['server', 'IMMICH_MACHINE_LEARNING_PING_TIMEOUT', [2, 7, 5], undefined],
    ['server', 'IMMICH_MACHINE_LEARNING_PING_TIMEOUT', [3, 0, 0], 'removed'],
    ['server', 'IMMICH_MACHINE_LEARNING_AVAILABILITY_BACKOFF_TIME', [2, 7, 5], undefined],
    ['server', 'IMMICH_MACHINE_LEARNING_AVAILABILITY_BACKOFF_TIME', [3, 0, 0], 'removed'],
    ['server', 'IMMICH_DISABLE_MIMALLOC', [2, 0, 0], 'legacy'],
    ['machine-learning', 'MACHINE_LEARNING_MAX_BATCH_SIZE__OCR', [2, 5, 6], 'not-yet'],
    ['machine-learning', 'MACHINE_LEARNING_MAX_BATCH_SIZE__OCR', [2, 6, 0], undefined],
    ['machine-learning', 'MACHINE_LEARNING_MAX_BATCH_SIZE__TEXT_RECOGNITION', [2, 7, 5], undefined],
    ['machine-learning', 'MACHINE_LEARNING_MAX_BATCH_SIZE__TEXT_RECOGNITION', [3, 0, 0], 'removed'],
    ['machine-learning', 'MACHINE_LEARNING_PRELOAD__OCR__DETECTION', [2, 2, 3], 'not-yet'],
    ['machine-learning', 'MACHINE_LEARNING_MODEL_REVISION', [3, 0, 3], 'not-yet'],
    ['machine-learning', 'IMMICH_ENV', [3, 0, 3], 'wrong-component'],
  ])('on the %s, %s at %j: %s', (component, name, version, kind) => {
    expect(problem(component, name, release(...version))?.kind).toBe(kind);
  });

  test('is not judged when the version is not known', () => {
    expect(environmentProblem('server', 'IMMICH_ALLOW_SETUP', undefined)).toBeUndefined();
    expect(
      environmentProblem('machine-learning', 'MACHINE_LEARNING_PRELOAD__CLIP', undefined),
    ).toBeUndefined();
    expect(environmentProblem('server', 'IMMICH_LOGLEVEL', undefined)?.kind).toBe('unknown');
  });
});

describe('a legacy name', () => {
  test.each([
    ['LOG_LEVEL', 'IMMICH_LOG_LEVEL'],
    ['SERVER_PORT', 'IMMICH_PORT'],
    ['IMMICH_METRICS', 'IMMICH_TELEMETRY_INCLUDE=all'],
    ['JWT_SECRET', undefined],
    ['UPLOAD_LOCATION', undefined],
  ])('%s is reported with what took its place', (name, replacement) => {
    const found = problem('server', name);
    expect(found?.kind).toBe('legacy');
    expect(found?.replacement).toBe(replacement);
  });

  test('is left alone on a version of which nothing is known', () => {
    expect(problem('server', 'IMMICH_METRICS', release(1, 105, 0))).toBeUndefined();
    expect(problem('server', 'IMMICH_WEB_URL', release(1, 105, 0))).toBeUndefined();
  });
});

describe('a name of the other component', () => {
  test.each<[Component, string]>([
    ['server', 'MACHINE_LEARNING_WORKERS'],
    ['machine-learning', 'DB_PASSWORD'],
    ['machine-learning', 'REDIS_HOSTNAME'],
    ['machine-learning', 'IMMICH_TRUSTED_PROXIES'],
  ])('is reported on the %s: %s', (component, name) => {
    expect(problem(component, name)?.kind).toBe('wrong-component');
  });

  test.each(['IMMICH_PORT', 'IMMICH_LOG_LEVEL', 'NO_COLOR', 'CPU_CORES'])(
    'is fine where both read it, or it has a meaning of its own: %s',
    (name) => {
      expect(problem('server', name)).toBeUndefined();
      expect(problem('machine-learning', name)).toBeUndefined();
    },
  );
});

test('every variable of the newest version has a description of one sentence', () => {
  for (const table of [serverVariables, machineLearningVariables]) {
    for (const { description } of table.values()) expect(description).toMatch(/^[A-Z].*[^.]\.$/);
  }
});
