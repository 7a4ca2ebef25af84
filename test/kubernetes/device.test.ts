import { parse } from 'yaml';
import { ImmichMachineLearning } from '../../lib/components/immich-machine-learning.ts';
import { ImmichServer } from '../../lib/components/immich-server.ts';
import type { MachineLearningSection, ServerSection } from '../../lib/index.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { built, installationOf, objectIn } from '../components/built.ts';
import { edited, home, tachtit } from '../installation/example.ts';
import { podSecurityViolations } from '../pod-security.ts';
import { validateStrictly } from '../schemas/validate.ts';

function learningWith(machineLearning: MachineLearningSection): string {
  return built(
    (chart) =>
      new ImmichMachineLearning(chart, 'ml', {
        ...{ namespace: 'photos', version: 'v3.3.1', claim: 'models', isShared: true, machineLearning },
      }),
  );
}

const podOf = (text: string) => objectIn(text, 'Deployment').spec.template.spec;

test('a card of NVIDIA is asked for by its resource and runtime, and the image follows', () => {
  const text = learningWith({ gpu: 'nvidia' });
  const pod = podOf(text);
  expect(pod.runtimeClassName).toBe('nvidia');
  expect(pod.containers[0].resources.limits['nvidia.com/gpu']).toBe('1');
  expect(pod.containers[0].image).toBe('ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda');
  expect(objectIn(text, 'Deployment').spec.strategy).toEqual({ type: 'Recreate' });
  expect(validateStrictly(objectIn(text, 'Deployment'))).toEqual([]);
});

test('without a card nothing of this is there', () => {
  const text = learningWith({});
  const pod = podOf(text);
  expect(pod).not.toHaveProperty('runtimeClassName');
  expect(pod.securityContext).not.toHaveProperty('supplementalGroups');
  expect(pod.containers[0].image).toBe('ghcr.io/immich-app/immich-machine-learning:v3.3.1');
  expect(Object.keys(pod.containers[0].resources.limits)).toEqual(['ephemeral-storage', 'memory']);
  expect(objectIn(text, 'Deployment').spec.strategy.type).toBe('RollingUpdate');
});

test.each([
  ['intel', 'gpu.intel.com/i915', 'openvino'],
  ['amd', 'amd.com/gpu', 'rocm'],
] as const)('a card of %s is opened by the groups of its device', (gpu, resource, suffix) => {
  const pod = podOf(learningWith({ gpu }));
  expect(pod.securityContext.supplementalGroups).toEqual([44, 109, 226, 992]);
  expect(pod.containers[0].resources.limits[resource]).toBe('1');
  expect(pod.containers[0].image).toMatch(new RegExp(`:v3.3.1-${suffix}$`));
});

test('a claim is made for each pod, which refers to it', () => {
  const text = learningWith({ gpu: 'intel-dra' });
  const template = objectIn(text, 'ResourceClaimTemplate');
  const pod = podOf(text);
  expect(pod.resourceClaims).toEqual([{ name: 'gpu', resourceClaimTemplateName: template.metadata.name }]);
  expect(pod.containers[0].resources.claims).toEqual([{ name: 'gpu' }]);
  expect(template.metadata.namespace).toBe('photos');
  expect(template.spec.spec.devices.requests).toEqual([
    { name: 'gpu', exactly: { deviceClassName: 'gpu.intel.com' } },
  ]);
  expect(validateStrictly(template)).toEqual([]);
  expect(validateStrictly(objectIn(text, 'Deployment'))).toEqual([]);
});

test('the parts of a card are as they are written', () => {
  const gpu = { resource: 'gpu.intel.com/xe', groups: [993], nodeSelector: { gpu: 'arc' } };
  const pod = podOf(learningWith({ gpu }));
  expect(pod.nodeSelector).toEqual({ gpu: 'arc' });
  expect(pod.securityContext.supplementalGroups).toEqual([993]);
  expect(pod.containers[0].resources.limits['gpu.intel.com/xe']).toBe('1');
  expect(pod.containers[0].image).toMatch(/-openvino$/);
});

test('where a pod runs is said of the card and of the pod alike', () => {
  const gpu = { resource: 'nvidia.com/gpu', runtimeClass: 'nvidia', nodeSelector: { gpu: 'yes' } };
  const pod = podOf(learningWith({ gpu, runtimeClass: 'nvidia-cdi', nodeSelector: { room: 'cellar' } }));
  expect(pod.runtimeClassName).toBe('nvidia-cdi');
  expect(pod.nodeSelector).toEqual({ gpu: 'yes', room: 'cellar' });
});

test('a card has more memory and time, unless the file says otherwise', () => {
  const memoryOf = (section: MachineLearningSection) =>
    podOf(learningWith(section)).containers[0].resources.limits.memory;
  expect([memoryOf({}), memoryOf({ gpu: 'amd' })]).toEqual(['4Gi', '8Gi']);
  expect(memoryOf({ gpu: 'amd', resources: { limits: { memory: '6Gi' } } })).toBe('6Gi');
  const startsOf = (section: MachineLearningSection) =>
    podOf(learningWith(section)).containers[0].startupProbe.failureThreshold * 10;
  expect([startsOf({}), startsOf({ gpu: 'intel' }), startsOf({ gpu: 'amd' })]).toEqual([600, 900, 1800]);
});

describe('the server', () => {
  const serverWith = (server: ServerSection) =>
    built(
      (chart) =>
        new ImmichServer(chart, 'server', {
          ...{ namespace: 'photos', version: 'v3.3.1', claims: { library: 'photos' }, connections: [] },
          ...{ isShared: true, server },
        }),
    );

  test('asks NVIDIA for its encoder', () => {
    const { spec } = objectIn(serverWith({ gpu: 'nvidia' }), 'Deployment');
    expect(spec.template.spec.containers[0].env).toContainEqual({
      name: 'NVIDIA_DRIVER_CAPABILITIES',
      value: 'compute,video,utility',
    });
    expect(spec.strategy.type).toBe('Recreate');
  });

  test('leaves the card to the worker that transcodes', () => {
    const text = serverWith({ microservices: { separate: true, gpu: 'intel' } });
    const limitsOf = (name: string) =>
      Object.keys(objectIn(text, 'Deployment', name).spec.template.spec.containers[0].resources.limits);
    expect(limitsOf('immich-microservices')).toContain('gpu.intel.com/i915');
    expect(limitsOf('immich-server')).not.toContain('gpu.intel.com/i915');
  });

  test('with the card at the wrong pod is refused', () => {
    expect(() => serverWith({ gpu: 'intel', microservices: { separate: true } })).toThrow(
      'server.gpu: Videos are transcoded by the separate pod',
    );
    expect(() => serverWith({ microservices: { gpu: 'intel' } })).toThrow(
      'server.microservices.gpu: There is no separate pod',
    );
  });
});

describe('the configuration', () => {
  const fileOf = (gpu: string, config: string) => {
    const text = edited(home, ['host:', `server: { gpu: ${gpu} }\nconfig: ${config}\nhost:`]);
    const { files, problems } = synthesize(new Map([['home.yaml', text]]));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    return files?.get('home/home/app/configmap.immich-config.yaml') ?? '';
  };

  test('switches the card on', () => {
    expect(fileOf('intel', '{ trash: { days: 60 } }')).toContain('accel: qsv');
    expect(fileOf('nvidia', '{ trash: { days: 60 } }')).toContain('accel: nvenc');
  });

  test('keeps what the file says', () => {
    expect(fileOf('intel', '{ ffmpeg: { accel: vaapi } }')).toContain('accel: vaapi');
  });
});

test.each(['nvidia', 'intel', 'intel-dra', 'amd'])('%s passes Pod Security "restricted"', (gpu) => {
  const text = edited(
    tachtit,
    ['version: v2.5.0', 'version: v2.5.0\nkubernetes: "1.34"'],
    ['server:\n', `machineLearning: { gpu: ${gpu} }\nserver:\n  gpu: ${gpu}\n`],
  );
  expect(installationOf(text).server.gpu).toBeDefined();
  const { files, findings } = synthesize(new Map([['tachtit.yaml', text]]));
  expect(findings).toEqual([]);
  const pods = [...(files ?? [])].flatMap(([path, content]) =>
    /deployment\.immich-/.test(path) ? [parse(content).spec.template.spec] : [],
  );
  expect(pods.length).toBeGreaterThan(1);
  expect(pods.flatMap(podSecurityViolations)).toEqual([]);
});
