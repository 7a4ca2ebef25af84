import { Construct } from 'constructs';
import type { ValkeySection } from '../../imports/sections.ts';
import { checkFreeVariables } from '../installation/checks/environment.ts';
import { checkDigests } from '../installation/images.ts';
import { Properties } from '../installation/properties.ts';
import { label } from '../installation/texts.ts';
import { type OwnValkey, ownValkey } from '../installation/valkey.ts';
import { KubeConfigMap, KubePersistentVolumeClaim, Quantity as KubeQuantity } from '../kubernetes/api.ts';
import { checksum } from '../kubernetes/checksum.ts';
import { valkeyVariables } from '../kubernetes/connections.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { ownLabels, type Selector, selectorOf } from '../kubernetes/labels.ts';
import { extraMounts, type Mount } from '../kubernetes/mount.ts';
import type { OwnPods } from '../kubernetes/network.ts';
import { podsOf } from '../kubernetes/own-pods.ts';
import { reloadedBy } from '../kubernetes/reloader.ts';
import { service } from '../kubernetes/service.ts';
import { type EnvironmentVariable, variables, variablesFrom } from '../kubernetes/variable.ts';
import { workload } from '../kubernetes/workload.ts';
import { valkeyName, valkeyPort } from '../names.ts';
import { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';
import { memoryBytes, type Quantity } from '../values/quantity.ts';

/** The section `valkey` of a Valkey that is made here. */
export type OwnValkeySection = Extract<ValkeySection, { readonly external?: undefined }>;

/** What Valkey is made of. */
export interface ValkeyProps {
  /** Namespace of everything that the construct makes. */
  readonly namespace: string;
  /**
   * Name of the Deployment, the Service, the ConfigMap and the claim.
   * @default immich-valkey
   */
  readonly name?: string;
  /**
   * The section `valkey` of an installation file, without `external`.
   * @default {}
   */
  readonly valkey?: OwnValkeySection | Checked<OwnValkey>;
  /**
   * Whether no pod runs for now, as during a restore.
   * @default false
   */
  readonly isStopped?: boolean;
  /**
   * Whether the claim for waiting jobs is made here. Our own layers make it in an earlier one, by a `ValkeyClaim`.
   * @default true, where the section has `persistence`
   */
  readonly hasClaim?: boolean;
}

/**
 * Valkey, the queue of Immich's jobs, with its configuration and Service.
 *
 * @example
 * const section = { persistence: { storageClass: 'fast' } };
 * const valkey = new Valkey(chart, 'valkey', { namespace: 'photos', valkey: section });
 */
export class Valkey extends Construct {
  /** Name of the Service and the Deployment. */
  readonly name: string;
  /** DNS name of the Service inside the cluster. */
  readonly host: string;
  /** Port of the Service. */
  readonly port: number = valkeyPort.number;
  /** The environment by which a server finds it. */
  readonly environment: readonly EnvironmentVariable[];
  /** Labels that select the pods. */
  readonly selector: Selector;
  /** The pods, for `NetworkPolicies` and for policies of others. */
  readonly pods: OwnPods;
  /** Name of the claim for waiting jobs; undefined without `persistence`. */
  readonly claimName: string | undefined;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: ValkeyProps) {
    super(scope, id);
    const properties = new Properties(`Valkey ${quote(id)}`);
    const settings = properties.read(ownValkey, props.valkey ?? {}, 'valkey');
    const namespace = properties.read(label, props.namespace, 'namespace');
    this.name = properties.read(label, props.name ?? valkeyName, 'name');
    this.host = `${this.name}.${namespace}.svc`;
    this.selector = selectorOf(this.name);
    this.pods = podsOf(this.name);
    properties.check(props.valkey, (at) => {
      checkDigests({ image: settings.image }, at.in('valkey', 'image'));
      checkFreeVariables(settings, at.in('valkey'));
    });
    this.warnings = properties.warnings;
    this.claimName = settings.persistence === undefined ? undefined : this.name;
    this.environment = valkeyVariables(this.host, this.port, settings.password);
    deployment(this, { name: this.name, namespace, valkey: settings, isStopped: props.isStopped ?? false });
    if (props.hasClaim ?? settings.persistence !== undefined) {
      new ValkeyClaim(this, 'claim', { namespace, name: this.name, valkey: new Checked(settings) });
    }
  }
}

/** What the claim of Valkey is made of: the same as Valkey. */
export type ValkeyClaimProps = Omit<ValkeyProps, 'hasClaim' | 'isStopped'>;

/**
 * The claim for waiting jobs, where it stands in another chart than Valkey; nothing where the section has no
 * `persistence`.
 *
 * @example
 * const kept = { namespace: 'photos', name: 'queue', valkey: { persistence: { storageClass: 'fast' } } };
 * new ValkeyClaim(chart, 'queue-claim', kept);
 * new Valkey(chart, 'queue', { ...kept, hasClaim: false });
 */
export class ValkeyClaim extends Construct {
  /** Name of the claim; undefined without `persistence`. */
  readonly claimName: string | undefined;

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: ValkeyClaimProps) {
    super(scope, id);
    const properties = new Properties(`ValkeyClaim ${quote(id)}`);
    const { persistence } = properties.read(ownValkey, props.valkey ?? {}, 'valkey');
    const namespace = properties.read(label, props.namespace, 'namespace');
    const name = properties.read(label, props.name ?? valkeyName, 'name');
    this.claimName = persistence === undefined ? undefined : name;
    if (persistence === undefined) return;
    const { annotations, labels } = dataMetadata(namespace);
    new KubePersistentVolumeClaim(this, name, {
      metadata: { name, namespace, annotations, labels: { ...ownLabels, ...labels } },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: persistence.storageClass,
        resources: { requests: { storage: KubeQuantity.fromString(persistence.size.text) } },
      },
    });
  }
}

function deployment(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly valkey: OwnValkey;
    readonly isStopped: boolean;
  },
): void {
  const { name, namespace, valkey, isStopped } = props;
  const labels = ownLabels;
  const configuration = configurationOf(valkey);
  new KubeConfigMap(scope, 'configuration', {
    metadata: { name, namespace, labels },
    data: { 'valkey.conf': configuration },
  });
  const chosen = variablesFrom(valkey.environmentFrom);
  workload(scope, {
    name,
    namespace,
    component: 'valkey',
    image: valkey.image,
    replicas: 1,
    isStopped,
    rollout: 'recreate',
    user: valkey.user,
    group: valkey.group,
    readOnlyRootFilesystem: true,
    environment: [
      ...(valkey.password === undefined ? [] : [{ name: 'VALKEY_PASSWORD', from: valkey.password }]),
      ...variables(valkey.environment),
      ...chosen,
    ],
    arguments: [
      'valkey-server',
      '/etc/valkey/valkey.conf',
      ...(valkey.password === undefined ? [] : ['--requirepass', '$(VALKEY_PASSWORD)']),
    ],
    ports: [valkeyPort],
    health: { path: undefined, port: valkeyPort.name, startupSeconds: 5 * 60 },
    resources: valkey.resources,
    mounts: [
      { kind: 'configMap', volume: 'configuration', configMap: name, path: '/etc/valkey' },
      dataMount(name, valkey),
      ...extraMounts(valkey.volumes),
    ],
    preparations: [],
    placement: valkey,
    temporarySize: '64Mi',
    graceSeconds: 30,
    podAnnotations: { 'checksum/configuration': checksum(configuration) },
    annotations: reloadedBy({ variables: chosen }),
  });
  service(scope, { name, namespace, ports: [valkeyPort], settings: valkey.service });
}

function dataMount(claim: string, { persistence }: OwnValkey): Mount {
  const place = { volume: 'data', path: '/data' };
  return persistence === undefined
    ? { kind: 'empty', size: '1Gi', ...place }
    : { kind: 'claim', claim, ...place };
}

/**
 * Full memory is an error that Immich logs, and not the end of Valkey with all jobs: a quarter of the limit is left for
 * what Valkey does not count. https://valkey.io/topics/memory-optimization
 */
function mostMemory(limit: Quantity | undefined): string[] {
  return limit === undefined ? [] : [`maxmemory ${Math.floor((memoryBytes(limit) * 3) / 4 / 1024 ** 2)}mb`];
}

/** With any other eviction policy BullMQ loses jobs: https://docs.bullmq.io/guide/going-to-production */
function configurationOf({ persistence, resources }: OwnValkey): string {
  return [
    'bind * -::*',
    'protected-mode no',
    'dir /data',
    ...mostMemory(resources.limits.memory),
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${persistence === undefined ? 'no' : 'yes'}`,
    '',
  ].join('\n');
}
