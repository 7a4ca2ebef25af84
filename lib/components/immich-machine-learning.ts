import { Construct } from 'constructs';
import type { MachineLearningSection } from '../../imports/sections.ts';
import { type MachineLearning, machineLearning } from '../installation/machine-learning.ts';
import { image, immichVersion, label, objectName } from '../installation/texts.ts';
import { type Selector, selectorOf } from '../kubernetes/labels.ts';
import { service } from '../kubernetes/service.ts';
import { type EnvironmentVariable, variables } from '../kubernetes/variable.ts';
import { workload } from '../kubernetes/workload.ts';
import { machineLearningName, machineLearningPort } from '../names.ts';
import { type Checked, readProperty } from '../schema/checked.ts';
import type { Image } from '../values/image.ts';
import { cpuCores } from '../values/quantity.ts';
import type { Version } from '../values/version.ts';

/** What machine learning is made of. */
export interface ImmichMachineLearningProps {
  /** Namespace of everything that the construct makes. */
  readonly namespace: string;
  /** Version of Immich, such as `v3.3.1`; it is that of the server. */
  readonly version: string | Checked<Version>;
  /** The claim that holds the models. */
  readonly claim: string;
  /**
   * Name of the Deployment, the Service and the ServiceAccount.
   * @default immich-machine-learning
   */
  readonly name?: string;
  /**
   * The section `machineLearning` of an installation file.
   * @default {}
   */
  readonly machineLearning?: MachineLearningSection | Checked<MachineLearning>;
  /**
   * Image of machine learning, best with its digest; it wins over that of the section.
   * @default ghcr.io/immich-app/immich-machine-learning of the version
   */
  readonly image?: string | Checked<Image>;
  /**
   * Whether several nodes can mount the models at once.
   * @default false
   */
  readonly isShared?: boolean;
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
export class ImmichMachineLearning extends Construct {
  /** Name of the Service and the Deployment. */
  readonly name: string;
  /** DNS name of the Service inside the cluster. */
  readonly host: string;
  /** Port of the Service. */
  readonly port: number = machineLearningPort.number;
  /** Where the server finds it. */
  readonly url: string;
  /** The environment by which a server finds it. */
  readonly environment: readonly EnvironmentVariable[];
  /** Labels that select the pods. */
  readonly selector: Selector;

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: ImmichMachineLearningProps) {
    super(scope, id);
    const owner = `ImmichMachineLearning "${id}"`;
    const settings = readProperty(machineLearning, props.machineLearning ?? {}, owner, 'machineLearning');
    const version = readProperty(immichVersion, props.version, owner, 'version');
    const namespace = readProperty(label, props.namespace, owner, 'namespace');
    this.name = readProperty(label, props.name ?? machineLearningName, owner, 'name');
    this.host = `${this.name}.${namespace}.svc`;
    this.url = `http://${this.host}:${this.port}`;
    this.environment = variables({ IMMICH_MACHINE_LEARNING_URL: this.url });
    this.selector = selectorOf(this.name);
    const standard = `ghcr.io/immich-app/immich-machine-learning:${version.text}`;
    deployment(this, {
      name: this.name,
      namespace,
      machineLearning: settings,
      image:
        props.image === undefined
          ? (settings.image ?? readProperty(image, standard, owner))
          : readProperty(image, props.image, owner, 'image'),
      claim: readProperty(objectName, props.claim, owner, 'claim'),
      isShared: props.isShared ?? false,
    });
    service(this, {
      name: this.name,
      namespace,
      ports: [machineLearningPort],
    });
  }
}

function deployment(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly machineLearning: MachineLearning;
    readonly image: Image;
    readonly claim: string;
    readonly isShared: boolean;
  },
): void {
  const { name, namespace, machineLearning, image, claim, isShared } = props;
  const limit = machineLearning.resources.limits.cpu;
  workload(scope, {
    name,
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
}
