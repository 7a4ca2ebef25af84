import { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { workload } from '../../manifests/views/workload.ts';
import { enumerate } from '../../values/parsed.ts';
import { parseQuantity } from '../../values/quantity.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWell } from '../finding.ts';
import { liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';

/** Whether there are the nodes, cards, classes and drivers that pods and volumes of dist ask for. */
export const placement: Check = {
  id: 'placement',
  title: 'Nodes, cards and classes that pods ask for',
  isOfLife: false,
  look: async (subject, cluster) => {
    const classes = classesOf(subject.manifests).map((one) => lookForClass(one, subject, cluster));
    const nodes = demandsOf(subject.manifests).map((one) => lookForNodes(one, subject, cluster));
    return (await Promise.all([...classes, ...nodes])).flat();
  },
};

/** An object of the cluster that something of dist names. */
interface NamedClass {
  readonly kind: string;
  readonly apiVersion: string;
  readonly resource: string;
  readonly name: string;
  readonly user: string;
  readonly mend: string;
}

type ClassKind = Omit<NamedClass, 'name' | 'user'>;

const runtimeClass: ClassKind = {
  ...{ kind: 'RuntimeClass', apiVersion: 'node.k8s.io/v1', resource: 'runtimeclasses' },
  mend: 'Make it, as the operator of the card does: https://kubernetes.io/docs/concepts/containers/runtime-class/ Where the node needs none, write gpu: { resource: ... } without runtimeClass.',
};
const priorityClass: ClassKind = {
  ...{ kind: 'PriorityClass', apiVersion: 'scheduling.k8s.io/v1', resource: 'priorityclasses' },
  mend: 'Make it, or take priorityClass out of the file.',
};
const deviceClass: ClassKind = {
  ...{ kind: 'DeviceClass', apiVersion: 'resource.k8s.io/v1', resource: 'deviceclasses' },
  mend: 'Install the driver of the card, such as https://github.com/intel/intel-resource-drivers-for-kubernetes Or ask for it by its device plugin: gpu: { resource: ... }.',
};
const driver: ClassKind = {
  ...{ kind: 'CSIDriver', apiVersion: 'storage.k8s.io/v1', resource: 'csidrivers' },
  mend: 'Install it; that of SMB: https://github.com/kubernetes-csi/csi-driver-smb',
};

function classesOf(manifests: readonly Manifest[]): readonly NamedClass[] {
  const named = new Map<string, NamedClass>();
  const add = (kind: ClassKind, name: string | undefined, user: string) => {
    if (name === undefined) return;
    const key = `${kind.kind} ${name}`;
    const users = named.get(key)?.user;
    named.set(key, { ...kind, name, user: users === undefined ? user : `${users}, ${user}` });
  };
  for (const manifest of manifests) {
    const { kind, metadata } = manifest.object;
    const user = `${kind} ${metadata?.name}`;
    const spec = Field.of(manifest).at('spec');
    const pod = workload(manifest)?.pod;
    add(runtimeClass, pod?.at('runtimeClassName').text, user);
    add(priorityClass, (kind === 'Cluster' ? spec : pod)?.at('priorityClassName').text, user);
    if (kind === 'PersistentVolume') add(driver, spec.at('csi', 'driver').text, user);
    if (kind === 'ResourceClaimTemplate') {
      for (const request of spec.at('spec', 'devices', 'requests').items) {
        add(deviceClass, request.at('exactly', 'deviceClassName').text, user);
      }
    }
  }
  return [...named.values()];
}

async function lookForClass(
  { kind, name, user, mend, ...place }: NamedClass,
  { kubectl }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const group = place.apiVersion.split('/')[0];
  return judge(await cluster.get(objectPath(place, name)), `The ${kind} ${name}`, {
    seen: () => [sayWell(`The ${kind} ${name} is there, for ${user}.`)],
    absent: () => [
      sayError(
        `There is no ${kind} ${name}, which ${user} asks for.`,
        `${kubectl} get ${place.resource}.${group}`,
        mend,
      ),
    ],
  });
}

/** What a node must have for the pods of something. */
interface Demand {
  readonly user: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Such as `nvidia.com/gpu`, and how many of it. */
  readonly resources: readonly (readonly [name: string, amount: number])[];
}

function demandsOf(manifests: readonly Manifest[]): readonly Demand[] {
  return manifests.flatMap((manifest): Demand[] => {
    const { kind, metadata } = manifest.object;
    const view = workload(manifest);
    const spec = Field.of(manifest).at('spec');
    const selector = kind === 'Cluster' ? spec.at('affinity', 'nodeSelector') : view?.pod.at('nodeSelector');
    const labels = selector?.labels ?? {};
    const containers = view?.pod.at('containers').items ?? [];
    // Cards are counted in limits. https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/
    const resources = containers.flatMap((container) =>
      container
        .at('resources', 'limits')
        .entries.filter(([name]) => name.includes('/'))
        .map(([name, amount]): readonly [string, number] => [name, amountOf(amount)]),
    );
    const isPlain = Object.keys(labels).length === 0 && resources.length === 0;
    return isPlain ? [] : [{ user: `${kind} ${metadata?.name}`, labels, resources }];
  });
}

function amountOf(field: Field): number {
  const quantity = parseQuantity(String(field.value ?? '0'));
  return quantity.ok ? quantity.value.amount : 0;
}

async function lookForNodes(
  { user, labels, resources }: Demand,
  { kubectl, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const answer = await cluster.get(listPath({ apiVersion: 'v1', resource: 'nodes' }));
  return judge(answer, `The nodes for ${user}`, {
    seen: (value) => {
      const labelled = liveItems(value).filter((node) => hasLabels(node, labels));
      const words = Object.entries(labels).map(([name, text]) => `${name}=${text}`);
      if (labelled.length === 0) {
        return [
          sayError(
            `No node has the labels ${enumerate(words)}, which ${user} asks for.`,
            `${kubectl} get nodes --show-labels`,
            `Label a node, or write another nodeSelector into ${file}.`,
          ),
        ];
      }
      const missing = resources.filter(
        ([name, amount]) =>
          !labelled.some((node) => amountOf(node.at('status', 'allocatable', name)) >= amount),
      );
      if (missing.length > 0) {
        const where = words.length === 0 ? '' : ` with ${enumerate(words)}`;
        return [
          sayError(
            `No node${where} offers ${enumerate(missing.map(([name]) => name))}, which ${user} asks for: its pods would wait without end.`,
            `${kubectl} get nodes --output custom-columns=NAME:.metadata.name,OFFERS:.status.allocatable`,
            'Install the device plugin of the card: https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
          ),
        ];
      }
      const asked = [...words, ...resources.map(([name]) => name)];
      return [sayWell(`A node has ${enumerate(asked)}, for ${user}.`)];
    },
  });
}

function hasLabels(node: Field, labels: Readonly<Record<string, string>>): boolean {
  const own = node.at('metadata', 'labels').labels;
  return Object.entries(labels).every(([name, value]) => own[name] === value);
}
