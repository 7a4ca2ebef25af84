import { webAddress } from '../immich/config/scalars.ts';
import { machineLearningName, machineLearningPort } from '../names.ts';
import { list, notEmpty } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import type { Place } from '../schema/place.ts';
import { flag, textLike, wholeNumber } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { unlessKey } from '../schema/variants.ts';
import type { Path } from '../text/path.ts';
import { quote } from '../values/parsed.ts';
import { cpuCores } from '../values/quantity.ts';
import { containerKeys } from './container.ts';
import { gpu } from './gpu.ts';
import { resources, type StandardResources } from './resources.ts';
import { innerService } from './service.ts';
import { image } from './texts.ts';

/** Search by content, faces, text in pictures: by pods of ours, by something that runs elsewhere, or not at all. */
export type MachineLearning =
  | { readonly kind: 'pods'; readonly pools: readonly LearningPool[] }
  | { readonly kind: 'remote'; readonly urls: readonly string[] }
  | { readonly kind: 'none' };

/** Pods that are alike, in the order in which Immich asks them. */
export interface LearningPool {
  /** Name of their Deployment and their Service. */
  readonly name: string;
  /** Where the installation file describes them. */
  readonly path: Path;
  readonly pods: LearningPods;
}

/** What some pods of machine learning are. */
export type LearningPods = Read<typeof onProcessor>;

/** The threads that one model uses by Immich's own default (MACHINE_LEARNING_MODEL_INTRA_OP_THREADS). */
const threadsOfOneModel = 2;

/** What a pod of machine learning reserves, and may use. */
const ofProcessor = { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '4Gi' } };

/** The libraries of a card are larger, and OpenVINO keeps models in the memory of the pod. */
const ofGpu = { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '8Gi' } };

const standardImage = 'ghcr.io/immich-app/immich-machine-learning at the version of the installation';

const replicas = defaulting(
  wholeNumber(1, 20),
  1,
  'Number of pods. More than one needs a shared volume for models.',
);

const offline = defaulting(
  flag,
  false,
  'Whether models are never downloaded. They must then be on the volume already.',
);

const service = defaulting(innerService, {}, 'The Service of machine learning.');

const card = optional(
  gpu,
  'The graphics card that models run on: nvidia, intel, intel-dra or amd, or { resource, runtimeClass, groups, nodeSelector }. The image follows it, and memory is then 2Gi and at most 8Gi unless resources says otherwise.',
);

const onProcessor = podsWith(ofProcessor);
const onGpu = podsWith(ofGpu);

/** Pods of machine learning that are all alike. */
export const learningPods: Schema<LearningPods> = {
  read: (value, at) => (hasGpu(value) ? onGpu : onProcessor).read(value, at),
  json: onProcessor.json,
};

function hasGpu(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'gpu' in value && value.gpu !== undefined;
}

function podsWith(standard: StandardResources) {
  return refine(
    mapping({
      ...containerKeys({ image: standardImage, resources: standard }),
      gpu: card,
      service,
      replicas,
      offline,
    }),
    (pods, at) => {
      warnOfThreads(pods, at);
      return pods;
    },
  );
}

function warnOfThreads({ resources: { limits } }: Pick<LearningPods, 'resources'>, at: Place): void {
  const limit = limits.cpu;
  if (limit === undefined || cpuCores(limit) >= threadsOfOneModel) return;
  at.in('resources', 'limits', 'cpu').warning(
    `${quote(limit.text)} is less than the ${threadsOfOneModel} threads that one model uses, so that they wait for each other. Write ${quote(String(threadsOfOneModel))} or more, or leave the limit out.`,
  );
}

/** Names of Deployments are names of pods with more behind them. */
const poolName = textLike(
  /^[a-z0-9](?:[-a-z0-9]{0,18}[a-z0-9])?$/,
  (name) =>
    `${quote(name)} is not a name of pods. Write lower-case letters, digits and hyphens, at most 20, such as gpu.`,
);

/** One pool, with what its card decides. */
function poolWith(standard: StandardResources) {
  return refine(
    mapping({
      name: required(
        poolName,
        'Name of the pool, such as gpu; its Deployment is immich-machine-learning-gpu.',
      ),
      gpu: card,
      image: optional(image, `Full image reference, best with its digest; default ${standardImage}.`),
      replicas,
      resources: defaulting(resources(standard), {}, 'CPU and memory that are reserved and allowed.'),
    }),
    (pool, at) => {
      warnOfThreads(pool, at);
      return pool;
    },
  );
}

const poolOnProcessor = poolWith(ofProcessor);
const poolOnGpu = poolWith(ofGpu);

const pool: Schema<Read<typeof poolOnProcessor>> = {
  read: (value, at) => (hasGpu(value) ? poolOnGpu : poolOnProcessor).read(value, at),
  json: poolOnProcessor.json,
};

const {
  image: _image,
  resources: _resources,
  ...sharedKeys
} = containerKeys({ image: standardImage, resources: ofProcessor });

/** Several pools, and what holds for all their pods. */
const inPools: Schema<MachineLearning> = refine(
  mapping({
    pools: required(
      notEmpty(list(pool)),
      'Several kinds of pods, which Immich asks in this order: where those of the first do not answer, the next do. Such as [{ name: gpu, gpu: nvidia }, { name: cpu }].',
    ),
    ...sharedKeys,
    service,
    offline,
  }),
  ({ pools, ...shared }, at) => {
    pools.forEach(({ name }, index) => {
      const first = pools.findIndex((one) => one.name === name);
      if (first < index) {
        at.in('pools', index, 'name').error(
          `${quote(name)} is the name of another pool too. Write another one.`,
        );
      }
    });
    return {
      kind: 'pods',
      pools: pools.map(({ name, ...own }, index) => ({
        name: `${machineLearningName}-${name}`,
        path: ['machineLearning', 'pools', index],
        pods: { ...shared, ...own },
      })),
    };
  },
);

const alike: Schema<MachineLearning> = refine(learningPods, (pods) => ({
  kind: 'pods',
  pools: [{ name: machineLearningName, path: ['machineLearning'], pods }],
}));

const remote: Schema<MachineLearning> = refine(
  mapping({
    remote: required(
      notEmpty(list(webAddress)),
      'Addresses of machine learning that runs elsewhere, tried in this order, such as [http://192.168.1.20:3003]; then no pods of it run here. It must be of the same version.',
    ),
  }),
  ({ remote }) => ({ kind: 'remote', urls: remote }),
);

const written = unlessKey('remote', remote, unlessKey('pools', inPools, alike));

/** Pods that are alike, several pools of them, `{ remote: [url] }`, or the word `none`. */
export const machineLearning: Schema<MachineLearning> = {
  read: (value, at) => (value === 'none' ? { kind: 'none' } : written.read(value, at)),
  json: { oneOf: [alike.json, inPools.json, remote.json, { const: 'none' }] },
};

/** The pods of ours, in the order in which Immich asks them; none where there are none. */
export function learningPoolsOf(machineLearning: MachineLearning): readonly LearningPool[] {
  return machineLearning.kind === 'pods' ? machineLearning.pools : [];
}

/** Where the server finds machine learning, first things first. */
export function learningUrlsOf(machineLearning: MachineLearning): readonly string[] {
  return machineLearning.kind === 'remote'
    ? machineLearning.urls
    : learningPoolsOf(machineLearning).map(({ name }) => `http://${name}:${machineLearningPort.number}`);
}
