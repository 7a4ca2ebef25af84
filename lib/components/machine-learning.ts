import type { Construct } from 'constructs';
import type { MachineLearning } from '../installation/machine-learning.ts';
import { service } from '../kubernetes/service.ts';
import { variables } from '../kubernetes/variable.ts';
import { workload } from '../kubernetes/workload.ts';
import { machineLearningName, machineLearningPort } from '../names.ts';
import type { Image } from '../values/image.ts';
import { cpuCores } from '../values/quantity.ts';

export interface MachineLearningProps {
  readonly namespace: string;
  readonly machineLearning: MachineLearning;
  readonly image: Image;
  /** Claim of the models. */
  readonly claim: string;
  /** Whether several nodes can mount the models. */
  readonly isShared: boolean;
}

/**
 * Where models and caches go, all on volumes that stay writable for a user without a home.
 *
 * TRANSFORMERS_CACHE is read by no current library, HF_HOME is; MPLCONFIGDIR keeps matplotlib from building its font
 * cache at each start. https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 */
const folders = {
  MACHINE_LEARNING_CACHE_FOLDER: '/cache',
  TRANSFORMERS_CACHE: '/cache',
  HF_HOME: '/cache',
  MPLCONFIGDIR: '/cache/matplotlib',
  HOME: '/tmp',
};

/** Machine learning with its Service. It gets no secret and no photo: the server sends what is to be looked at. */
export function machineLearning(scope: Construct, props: MachineLearningProps): void {
  const { namespace, machineLearning, image, claim, isShared } = props;
  const limit = machineLearning.resources.limits.cpu;
  workload(scope, {
    name: machineLearningName,
    namespace,
    component: 'machine-learning',
    image,
    replicas: machineLearning.replicas,
    rollout: isShared ? 'beside' : 'recreate',
    user: machineLearning.user,
    group: machineLearning.group,
    readOnlyRootFilesystem: machineLearning.readOnlyRootFilesystem,
    environment: variables({
      ...folders,
      NO_COLOR: 'true',
      // Python counts the cores of the node, whatever the container may use of them.
      ...(limit === undefined
        ? {}
        : { MACHINE_LEARNING_REQUEST_THREADS: String(Math.ceil(cpuCores(limit))) }),
      ...(machineLearning.offline ? { HF_HUB_OFFLINE: '1' } : {}),
      ...machineLearning.environment,
    }),
    arguments: [],
    ports: [machineLearningPort],
    health: { path: '/ping', port: machineLearningPort.name, startupSeconds: 10 * 60 },
    resources: machineLearning.resources,
    mounts: [{ kind: 'claim', volume: 'models', claim, path: '/cache' }],
    preparations: [],
    temporarySize: '2Gi',
    graceSeconds: 30,
    podAnnotations: {},
    annotations: {},
  });
  service(scope, {
    name: machineLearningName,
    namespace,
    component: 'machine-learning',
    ports: [machineLearningPort],
  });
}
