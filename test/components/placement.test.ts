import { planOf } from '../../lib/plan/plan.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, home } from '../installation/example.ts';
import { installationOf } from './built.ts';

const keys = `
  nodeSelector: { disk: fast }
  tolerations: [{ key: media, operator: Exists, effect: NoSchedule }]
  priorityClass: household
  imagePullSecrets: [registry]
  labels: { example.com/team: photos }
  annotations: { example.com/note: "yes" }
  topologySpread: [{ topologyKey: topology.kubernetes.io/zone }]
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms: [{ matchExpressions: [{ key: gpu, operator: DoesNotExist }] }]
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 5
          podAffinityTerm: { topologyKey: zone, labelSelector: { matchLabels: { app: other } } }`;

const more = `
  runtimeClass: runc
  service: { annotations: { example.com/expose: "true" } }
  environment: { EXAMPLE: "1" }
  environmentFrom: { HTTPS_PROXY: { secret: proxy, key: url } }
  volumes: { scratch: { existingClaim: scratch, path: /mnt/scratch }, ca: { secret: ca, key: ca.crt, path: /mnt/ca } }`;

type Seen = ReturnType<typeof JSON.parse>;

/** An object of dist for a file with a section. */
function objectsOf(text: string): (kind: string, name: string, namespace?: string) => Seen {
  const { clusters, findings, problems } = synthesize(new Map([['installations/home.yaml', text]]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings).toEqual([]);
  const all: Seen[] = clusters.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  return (kind, name, namespace = 'immich') => {
    const found = all.find(
      ({ kind: one, metadata }) => one === kind && metadata.name === name && metadata.namespace === namespace,
    );
    return JSON.parse(JSON.stringify(found));
  };
}

const add = (section: string) => edited(home, ['route:', `${section}\nroute:`]);

test.each([
  ['server', 'immich-server'],
  ['machineLearning', 'immich-machine-learning'],
  ['valkey', 'immich-valkey'],
])('%s runs where the file says, and gets what it says', (section, name) => {
  const objects = objectsOf(add(`${section}:${keys}${more}`));
  const { metadata, spec } = objects('Deployment', name);
  const pod = spec.template;
  const [container] = pod.spec.containers;
  expect(metadata.labels).toMatchObject({ 'example.com/team': 'photos' });
  expect(pod.metadata).toMatchObject({
    labels: { 'example.com/team': 'photos', 'app.kubernetes.io/name': name },
    annotations: { 'example.com/note': 'yes' },
  });
  expect(spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': name });
  expect(pod.spec).toMatchObject({
    nodeSelector: { disk: 'fast' },
    tolerations: [{ key: 'media', operator: 'Exists', effect: 'NoSchedule' }],
    priorityClassName: 'household',
    runtimeClassName: 'runc',
    imagePullSecrets: [{ name: 'registry' }],
    topologySpreadConstraints: [
      {
        topologyKey: 'topology.kubernetes.io/zone',
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
      },
    ],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'DoesNotExist' }] }],
        },
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 5,
            podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'other' } } },
          },
        ],
      },
    },
  });
  expect(container.env).toEqual(
    expect.arrayContaining([
      { name: 'EXAMPLE', value: '1' },
      { name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } },
    ]),
  );
  expect(container.volumeMounts).toEqual(
    expect.arrayContaining([
      { name: 'extra-scratch', mountPath: '/mnt/scratch', readOnly: true },
      { name: 'extra-ca', mountPath: '/mnt/ca', readOnly: true },
    ]),
  );
  expect(pod.spec.volumes).toContainEqual({
    name: 'extra-scratch',
    persistentVolumeClaim: { claimName: 'scratch', readOnly: true },
  });
  expect(objects('Service', name).metadata.annotations).toEqual({ 'example.com/expose': 'true' });
});

test('the database and what runs beside it have the same nodes and registry', () => {
  const objects = objectsOf(edited(home, ['  cnpg:\n', `  cnpg:${keys.replaceAll('\n', '\n  ')}\n`]));
  const { spec } = objects('Cluster', 'immich-db');
  expect(spec).toMatchObject({
    affinity: {
      enablePodAntiAffinity: true,
      nodeSelector: { disk: 'fast' },
      tolerations: [{ key: 'media', operator: 'Exists', effect: 'NoSchedule' }],
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: expect.anything() },
      additionalPodAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: expect.anything() },
    },
    priorityClassName: 'household',
    imagePullSecrets: [{ name: 'registry' }],
    inheritedMetadata: {
      labels: { 'example.com/team': 'photos' },
      annotations: { 'example.com/note': 'yes' },
    },
    topologySpreadConstraints: [{ labelSelector: { matchLabels: { 'cnpg.io/cluster': 'immich-db' } } }],
  });
  const drill = objects('CronJob', 'immich-drill', 'immich-drill').spec.jobTemplate.spec.template.spec;
  expect(drill).toMatchObject({ nodeSelector: { disk: 'fast' }, imagePullSecrets: [{ name: 'registry' }] });
  expect(JSON.stringify(objects('ConfigMap', 'immich-drill', 'immich-drill').data)).toContain('disk: fast');
});

test('the worker is placed as the server is, until the file says something else', () => {
  const shared = edited(home, ['size: 500Gi,', 'size: 500Gi, accessMode: ReadWriteMany,']);
  const file = (jobs: string) =>
    edited(shared, [
      'route:',
      `server:\n  nodeSelector: { disk: fast }\n  environment: { IMMICH_LOG_LEVEL: log }\n  microservices: { separate: true${jobs} }\nroute:`,
    ]);
  const podOf = (jobs: string) =>
    objectsOf(file(jobs))('Deployment', 'immich-microservices').spec.template.spec;
  expect(podOf('').nodeSelector).toEqual({ disk: 'fast' });
  const other = podOf(', nodeSelector: { gpu: "true" }, environment: { IMMICH_LOG_LEVEL: debug }');
  expect(other.nodeSelector).toEqual({ gpu: 'true' });
  expect(other.containers[0].env).toContainEqual({ name: 'IMMICH_LOG_LEVEL', value: 'debug' });
});

test('Secrets that it names must exist, those of a registry in the namespace of the drill too', () => {
  const text = edited(add(`server:${keys}${more}`), ['  cnpg:\n', '  cnpg:\n    imagePullSecrets: [pg]\n']);
  expect(
    planOf(installationOf(text)).secrets.map(
      ({ namespace, name, type, keys }) => `${namespace}/${name} ${type} ${keys}`,
    ),
  ).toEqual(
    expect.arrayContaining([
      'immich/proxy Opaque url',
      'immich/ca Opaque ca.crt',
      'immich/registry kubernetes.io/dockerconfigjson .dockerconfigjson',
      'immich/pg kubernetes.io/dockerconfigjson .dockerconfigjson',
      'immich-drill/pg kubernetes.io/dockerconfigjson .dockerconfigjson',
    ]),
  );
});
