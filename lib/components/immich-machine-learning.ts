import { Construct } from 'constructs';
import type { MachineLearningSection } from '../../imports/sections.ts';
import { checkDeviceOfImage } from '../installation/checks/devices.ts';
import { checkVariables } from '../installation/checks/environment.ts';
import { checkMachineLearningReplicas } from '../installation/checks/replicas.ts';
import { checkVersion } from '../installation/checks/version.ts';
import { checkDigests, checkTag, machineLearningImageOf } from '../installation/images.ts';
import { type LearningPods, learningPods } from '../installation/machine-learning.ts';
import { Properties } from '../installation/properties.ts';
import { image, immichVersion, label, objectName } from '../installation/texts.ts';
import { type Selector, selectorOf } from '../kubernetes/labels.ts';
import { extraMounts } from '../kubernetes/mount.ts';
import type { OwnPods } from '../kubernetes/network.ts';
import { podsOf } from '../kubernetes/own-pods.ts';
import { reloadedBy } from '../kubernetes/reloader.ts';
import { service } from '../kubernetes/service.ts';
import { type EnvironmentVariable, variables, variablesFrom } from '../kubernetes/variable.ts';
import { workload } from '../kubernetes/workload.ts';
import { machineLearningName, machineLearningPort } from '../names.ts';
import type { Checked } from '../schema/checked.ts';
import type { Place } from '../schema/place.ts';
import { quote } from '../text/quoting.ts';
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
  readonly machineLearning?: MachineLearningSection | Checked<LearningPods>;
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
  /**
   * Whether no pod runs for now, as during a restore.
   * @default false
   */
  readonly isStopped?: boolean;
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

/**
 * Machine learning with its Service. It gets no secret and no photo: the server sends what is to be looked at.
 *
 * @example
 * const claim = models.claimName;
 * const learning = new ImmichMachineLearning(chart, 'ml', { namespace: 'photos', version: 'v3.3.1', claim });
 */
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
  /** The pods, for `NetworkPolicies` and for policies of others. */
  readonly pods: OwnPods;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: ImmichMachineLearningProps) {
    super(scope, id);
    const properties = new Properties(`ImmichMachineLearning ${quote(id)}`);
    const settings = properties.read(learningPods, props.machineLearning ?? {}, 'machineLearning');
    const version = properties.read(immichVersion, props.version, 'version');
    const namespace = properties.read(label, props.namespace, 'namespace');
    this.name = properties.read(label, props.name ?? machineLearningName, 'name');
    this.host = `${this.name}.${namespace}.svc`;
    this.url = `http://${this.host}:${this.port}`;
    this.environment = variables({ IMMICH_MACHINE_LEARNING_URL: this.url });
    this.selector = selectorOf(this.name);
    this.pods = podsOf(this.name);
    const described: Described = {
      name: this.name,
      namespace,
      machineLearning: settings,
      image:
        props.image === undefined
          ? (settings.image ?? machineLearningImageOf(version, settings.gpu))
          : properties.read(image, props.image, 'image'),
      claim: properties.read(objectName, props.claim, 'claim'),
      isShared: props.isShared ?? false,
      isStopped: props.isStopped ?? false,
    };
    properties.check(props.machineLearning, (at) => check(described, version, at));
    this.warnings = properties.warnings;
    deployment(this, described);
    service(this, {
      name: this.name,
      namespace,
      ports: [machineLearningPort],
      settings: settings.service,
    });
  }
}

/** What the props of machine learning come to, once they are read. */
interface Described {
  readonly name: string;
  readonly namespace: string;
  readonly machineLearning: LearningPods;
  readonly image: Image;
  readonly claim: string;
  readonly isShared: boolean;
  readonly isStopped: boolean;
}

/** What the installation file is checked for, as far as it concerns machine learning alone. */
function check({ machineLearning, image, isShared }: Described, version: Version, at: Place): void {
  const section = at.in('machineLearning');
  checkVersion({ version }, at);
  checkTag(image, version, at.in('image'));
  checkDeviceOfImage({ ...machineLearning, image }, at.in('image'));
  checkDigests({ image }, at.in('image'));
  const models = isShared ? undefined : 'the claim on every node, but "isShared" is not true.';
  checkMachineLearningReplicas(machineLearning, models, section);
  const variables = { ...machineLearning, version, connections: [] };
  checkVariables('machine-learning', variables, section);
}

/** How long the first answer may take; libraries of a card are read from gigabytes of image, and ROCm's are the largest. */
function startupSecondsOf({ gpu }: LearningPods): number {
  if (gpu === undefined) return 10 * 60;
  return gpu.vendor === 'amd' ? 30 * 60 : 15 * 60;
}

function deployment(scope: Construct, props: Described): void {
  const { name, namespace, machineLearning, image, claim, isShared } = props;
  const limit = machineLearning.resources.limits.cpu;
  const chosen = variablesFrom(machineLearning.environmentFrom);
  workload(scope, {
    name,
    namespace,
    component: 'machine-learning',
    image,
    replicas: machineLearning.replicas,
    isStopped: props.isStopped,
    // A second pod would wait for the card of the first.
    rollout: isShared && machineLearning.gpu === undefined ? 'beside' : 'recreate',
    user: machineLearning.user,
    group: machineLearning.group,
    readOnlyRootFilesystem: machineLearning.readOnlyRootFilesystem,
    environment: [
      ...variables({
        ...folders,
        NO_COLOR: 'true',
        // Python counts the cores of the node, whatever the container may use of them.
        ...(limit === undefined
          ? {}
          : { MACHINE_LEARNING_REQUEST_THREADS: String(Math.ceil(cpuCores(limit))) }),
        ...(machineLearning.offline ? { HF_HUB_OFFLINE: '1' } : {}),
        ...machineLearning.environment,
      }),
      ...chosen,
    ],
    arguments: [],
    ports: [machineLearningPort],
    health: {
      path: '/ping',
      port: machineLearningPort.name,
      startupSeconds: startupSecondsOf(machineLearning),
    },
    resources: machineLearning.resources,
    gpu: machineLearning.gpu,
    mounts: [
      { kind: 'claim', volume: 'models', claim, path: '/cache' },
      ...extraMounts(machineLearning.volumes),
    ],
    preparations: [],
    placement: machineLearning,
    temporarySize: '2Gi',
    graceSeconds: 30,
    podAnnotations: {},
    annotations: reloadedBy({ variables: chosen }),
  });
}
