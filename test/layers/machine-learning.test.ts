import { parse } from 'yaml';
import { planOf } from '../../lib/plan/plan.ts';
import { trafficOf } from '../../lib/plan/traffic.ts';
import { runbookOf } from '../../lib/runbook/runbook.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { installationOf } from '../components/built.ts';
import { type Edit, edited, home, tachtit } from '../installation/example.ts';

type Seen = ReturnType<typeof JSON.parse>;

const models: Edit = ['  models:  { storageClass: longhorn, size: 20Gi }\n', ''];
const withoutModels = (section: string) =>
  edited(home, models, ['route:', `machineLearning: ${section}\nroute:`]);
const none = withoutModels('none');
const remote = withoutModels('{ remote: ["http://192.168.1.20:3003", "https://ml.example.org"] }');
const pools = edited(tachtit, [
  'volumes:',
  'machineLearning: { pools: [{ name: gpu, gpu: nvidia }, { name: cpu, replicas: 2 }] }\nvolumes:',
]);
const configured = (text: string) =>
  edited(text, ['host: photos', 'config: { trash: { days: 60 } }\nhost: photos']);

function objectsOf(text: string): Seen[] {
  const { clusters, problems, findings } = synthesize(new Map([['installations/x.yaml', text]]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings).toEqual([]);
  return JSON.parse(
    JSON.stringify(clusters.flatMap(({ manifests }) => manifests.map(({ object }) => object))),
  );
}

const named = (objects: Seen[], kind: string, name: string) =>
  objects.find((one) => one.kind === kind && one.metadata.name === name);

function environmentOf(objects: Seen[]): { readonly [name: string]: string } {
  const [container] = named(objects, 'Deployment', 'immich-server').spec.template.spec.containers;
  return Object.fromEntries(container.env.map(({ name, value }: Seen) => [name, value]));
}

const learningOf = (objects: Seen[]) =>
  parse(named(objects, 'ConfigMap', 'immich-config').data['immich.yaml']).machineLearning;

describe('without machine learning', () => {
  test('there is no pod, no volume of models and no way to any, and Immich is told', () => {
    const objects = objectsOf(none);
    expect(JSON.stringify(objects)).not.toMatch(/machine-learning|immich-models/);
    const environment = environmentOf(objects);
    expect(environment['IMMICH_MACHINE_LEARNING_ENABLED']).toBe('false');
    expect(environment).not.toHaveProperty('IMMICH_MACHINE_LEARNING_URL');
  });

  test('a configuration says the same, whatever else it says of it', () => {
    const text = edited(none, [
      'host: photos',
      'config: { machineLearning: { clip: { enabled: true } } }\nhost: photos',
    ]);
    expect(learningOf(objectsOf(text))).toEqual({ clip: { enabled: true }, enabled: false });
  });

  test('the runbook speaks of none', () => {
    expect(runbookOf(planOf(installationOf(none)), 'x.yaml')).not.toMatch(
      /Machine learning does not work\n|immich-machine-learning/,
    );
    expect(runbookOf(planOf(installationOf(home)), 'x.yaml')).toContain('# Machine learning does not work\n');
  });
});

describe('machine learning elsewhere', () => {
  test('Immich is told where, and there are no pods of it', () => {
    const objects = objectsOf(configured(remote));
    expect(named(objects, 'Deployment', 'immich-machine-learning')).toBeUndefined();
    expect(environmentOf(objects)['IMMICH_MACHINE_LEARNING_URL']).toBe('http://192.168.1.20:3003');
    expect(learningOf(objects).urls).toEqual(['http://192.168.1.20:3003', 'https://ml.example.org']);
  });

  test('the server may reach it, and nobody else', () => {
    const edges = trafficOf(planOf(installationOf(remote)), 'home').edges.filter(
      ({ to }) => to.name === 'machine learning elsewhere',
    );
    expect(edges.map(({ from, to, ports }) => ({ from: from.name, to, ports }))).toMatchObject([
      { from: 'immich-server', to: { ranges: ['192.168.1.20/32'] }, ports: [{ port: 3003 }] },
      { from: 'immich-server', to: { hosts: ['ml.example.org'] }, ports: [{ port: 443 }] },
    ]);
  });
});

describe('pools of machine learning', () => {
  test('each has its Deployment and Service, with the image and the card of its own', () => {
    const objects = objectsOf(pools);
    const [gpu, cpu] = ['immich-machine-learning-gpu', 'immich-machine-learning-cpu'].map((name) => {
      expect(named(objects, 'Service', name).spec.selector).toEqual({ 'app.kubernetes.io/name': name });
      return named(objects, 'Deployment', name).spec;
    });
    const containerOf = (spec: Seen) => spec.template.spec.containers[0];
    expect(containerOf(gpu).image).toMatch(/:v2\.5\.0-cuda$/);
    expect(containerOf(gpu).resources.limits).toEqual({
      memory: '8Gi',
      'ephemeral-storage': expect.anything(),
      'nvidia.com/gpu': '1',
    });
    expect(gpu.strategy.type).toBe('Recreate');
    expect(containerOf(cpu).image).toMatch(/:v2\.5\.0$/);
    expect(containerOf(cpu).resources.limits.memory).toBe('4Gi');
    expect(cpu.replicas).toBe(2);
    expect(named(objects, 'Deployment', 'immich-machine-learning')).toBeUndefined();
  });

  test('Immich asks them in order, and has a way to each', () => {
    const objects = objectsOf(configured(pools));
    const urls = ['http://immich-machine-learning-gpu:3003', 'http://immich-machine-learning-cpu:3003'];
    expect(learningOf(objects).urls).toEqual(urls);
    expect(environmentOf(objects)['IMMICH_MACHINE_LEARNING_URL']).toBe(urls[0]);
    const ends = trafficOf(planOf(installationOf(pools)), 'tachtit')
      .edges.filter(({ from }) => from.name === 'immich-server')
      .map(({ to }) => to.name);
    expect(ends).toEqual(
      expect.arrayContaining(['immich-machine-learning-gpu', 'immich-machine-learning-cpu']),
    );
  });
});
