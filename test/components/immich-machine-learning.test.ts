import { ImmichMachineLearning } from '../../lib/components/immich-machine-learning.ts';
import { learningImageOf } from '../../lib/installation/images.ts';
import { learningPoolsOf } from '../../lib/installation/machine-learning.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { edited, home } from '../installation/example.ts';
import { built, installationOf, objectIn } from './built.ts';

function builtWith(section: string, isShared = false): string {
  const {
    machineLearning: described,
    namespace,
    version,
  } = installationOf(edited(home, ['route:', `machineLearning: ${section}\nroute:`]));
  const [pool] = learningPoolsOf(described);
  if (pool === undefined) throw new Error('There are no pods.');
  return built(
    (chart) =>
      new ImmichMachineLearning(chart, 'machine-learning', {
        namespace,
        version: new Checked(version),
        machineLearning: new Checked(pool.pods),
        image: new Checked(learningImageOf(version, pool.pods)),
        claim: 'immich-models',
        isShared,
      }),
  );
}

const deploymentOf = (text: string) => objectIn(text, 'Deployment').spec;
const containerOf = (text: string) => deploymentOf(text).template.spec.containers[0];

function environmentOf(text: string): { [name: string]: string } {
  const variables: { name: string; value: string }[] = containerOf(text).env;
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

test('as it is by default', () => {
  expect(builtWith('{}')).toMatchSnapshot();
});

test('all caches lie on volumes', () => {
  expect(environmentOf(builtWith('{}'))).toMatchObject({
    HOME: '/tmp',
    HF_HOME: '/cache',
    TRANSFORMERS_CACHE: '/cache',
    MPLCONFIGDIR: '/cache/matplotlib',
    MACHINE_LEARNING_CACHE_FOLDER: '/cache',
  });
  expect(containerOf(builtWith('{}')).volumeMounts).toEqual([
    { name: 'tmp', mountPath: '/tmp' },
    { name: 'models', mountPath: '/cache' },
  ]);
});

test('it gets no secret', () => {
  expect(builtWith('{}')).not.toMatch(/secret/i);
});

test('it runs on as many threads as it may use cores', () => {
  const threads = (cpu: string) =>
    environmentOf(builtWith(`{ resources: { limits: { cpu: ${cpu} } } }`))[
      'MACHINE_LEARNING_REQUEST_THREADS'
    ];
  expect([threads('"4"'), threads('2500m'), threads('"0.5"')]).toEqual(['4', '3', '1']);
  expect(environmentOf(builtWith('{ resources: { limits: { memory: 4Gi } } }'))).not.toHaveProperty(
    'MACHINE_LEARNING_REQUEST_THREADS',
  );
});

test('offline it never asks for models', () => {
  expect(environmentOf(builtWith('{ offline: true }'))['HF_HUB_OFFLINE']).toBe('1');
  expect(environmentOf(builtWith('{ offline: false }'))).not.toHaveProperty('HF_HUB_OFFLINE');
});

test('what the file sets wins over what is not its business to keep', () => {
  const variables = environmentOf(
    builtWith('{ environment: { MACHINE_LEARNING_REQUEST_THREADS: "8", MACHINE_LEARNING_WORKERS: "2" } }'),
  );
  expect(variables).toMatchObject({ MACHINE_LEARNING_REQUEST_THREADS: '8', MACHINE_LEARNING_WORKERS: '2' });
});

test('a new pod waits for the old one where only one of them can mount the models', () => {
  expect(deploymentOf(builtWith('{}')).strategy).toEqual({ type: 'Recreate' });
  expect(deploymentOf(builtWith('{}', true)).strategy.type).toBe('RollingUpdate');
});

test('probes ask /ping on the named port', () => {
  const { startupProbe, readinessProbe, livenessProbe, ports } = containerOf(builtWith('{}'));
  for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
    expect(probe.httpGet).toEqual({ path: '/ping', port: 'http' });
  }
  expect(ports).toEqual([{ name: 'http', containerPort: 3003 }]);
  expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBe(600);
});
