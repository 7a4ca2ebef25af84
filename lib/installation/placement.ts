import { list, record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, butNot, choice, textLike, wholeNumber } from '../schema/scalar.ts';
import { type Read, refine } from '../schema/schema.ts';
import { labelNamePattern } from '../values/labels.ts';
import { quote } from '../values/parsed.ts';
import { affinity } from './affinity.ts';
import { labelName, labelValue, objectName } from './texts.ts';

/** Where the pods of a component run, and what others read off them. What is not written is undefined. */
export type Placement = Read<typeof placement>;

/** A taint of nodes that pods do not mind. */
export type Toleration = Read<typeof toleration>;

/** Pods that are spread over places. */
export type TopologySpread = Read<typeof topologySpread>;

/** Nothing is said of it. */
export const anywhere: Placement = {
  nodeSelector: undefined,
  tolerations: undefined,
  affinity: undefined,
  topologySpread: undefined,
  priorityClass: undefined,
  runtimeClass: undefined,
  imagePullSecrets: undefined,
  labels: undefined,
  annotations: undefined,
};

const toleration = refine(
  mapping({
    key: optional(labelName, 'Name of the taint; without it all of them.'),
    operator: defaulting(choice('Equal', 'Exists'), 'Equal', 'Whether its value counts.'),
    value: optional(anyText, 'Value of the taint.'),
    effect: optional(
      choice('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
      'What the taint does; without it whatever it does.',
    ),
    tolerationSeconds: optional(
      wholeNumber(0, 2_147_483_647),
      'How long pods stay on a node that gets the taint NoExecute; without it for ever.',
    ),
  }),
  (read, at) => {
    if (read.operator === 'Equal' && read.key === undefined) {
      at.error('Without a key all taints are meant. Write operator: Exists too, or the key.');
    }
    if (read.operator === 'Exists' && read.value !== undefined) {
      at.in('value').error('"Exists" looks at no value. Remove it, or write operator: Equal.');
    }
    if (read.tolerationSeconds !== undefined && read.effect !== 'NoExecute') {
      at.in('tolerationSeconds').error('It counts for the effect NoExecute only. Write effect: NoExecute.');
    }
    return read;
  },
);

const topologySpread = mapping({
  topologyKey: required(labelName, 'Label of the nodes by which they are one place.'),
  maxSkew: defaulting(wholeNumber(1, 100), 1, 'How many more pods one place may have than another.'),
  whenUnsatisfiable: defaulting(
    choice('ScheduleAnyway', 'DoNotSchedule'),
    'ScheduleAnyway',
    'What happens to a pod for which there is no such place.',
  ),
});

/** Labels by which our own selectors, policies and operators find pods. */
const ownLabelName = /^(app\.kubernetes\.io\/(name|part-of)|cnpg\.io\/.*|acme\.cert-manager\.io\/.*)$/;

const freeLabelName = butNot(
  labelName,
  ownLabelName,
  (name) =>
    `${quote(name)} is set already: selectors and network policies find the pods by it. Write a label of another name.`,
);

/** Annotations that mean something to us, or to kubectl. */
const annotationName = butNot(
  textLike(
    new RegExp(labelNamePattern),
    (name) => `${quote(name)} is not the name of an annotation. Write one such as example.com/team.`,
  ),
  /^(?:checksum\/|kubectl\.kubernetes\.io\/last-applied|kustomize\.toolkit\.fluxcd\.io\/|immich-cdk8s\/)/,
  (name) => `${quote(name)} is for programs that write it themselves. Remove it.`,
);

/** The keys by which a component says where its pods run. */
export const placementKeys = {
  nodeSelector: optional(
    record(labelName, labelValue),
    'Labels that a node must have for the pods to run on it.',
  ),
  tolerations: optional(list(toleration), 'Taints of nodes that the pods do not mind, as in Kubernetes.'),
  affinity: optional(affinity, 'Which nodes and which other pods they want to be near, as in Kubernetes.'),
  topologySpread: optional(
    list(topologySpread),
    'Over which places the pods are spread, instead of over nodes where there are several.',
  ),
  priorityClass: optional(objectName, 'Name of a PriorityClass that exists.'),
  runtimeClass: optional(objectName, 'Name of a RuntimeClass that exists, such as nvidia.'),
  imagePullSecrets: optional(
    list(objectName),
    'Names of Secrets of type kubernetes.io/dockerconfigjson, for a registry that asks who one is.',
  ),
  labels: optional(
    record(freeLabelName, labelValue),
    'Further labels of the pods and of what makes them. None by which pods are selected.',
  ),
  annotations: optional(
    record(annotationName, anyText),
    'Further annotations of the pods and of what makes them, such as those of Reloader.',
  ),
};

const { runtimeClass: _, ...databasePlacementKeys } = placementKeys;

/** The same for a database: CloudNativePG has no field for a runtime class. */
export { databasePlacementKeys };

const placement = mapping(placementKeys);

/** What is said of some pods, and where nothing is, what is said of others. */
export function placementOf(own: Placement, others: Placement): Placement {
  return {
    nodeSelector: own.nodeSelector ?? others.nodeSelector,
    tolerations: own.tolerations ?? others.tolerations,
    affinity: own.affinity ?? others.affinity,
    topologySpread: own.topologySpread ?? others.topologySpread,
    priorityClass: own.priorityClass ?? others.priorityClass,
    runtimeClass: own.runtimeClass ?? others.runtimeClass,
    imagePullSecrets: own.imagePullSecrets ?? others.imagePullSecrets,
    labels: own.labels ?? others.labels,
    annotations: own.annotations ?? others.annotations,
  };
}

/** What holds for short-lived pods beside others: the nodes, and what opens the registry. */
export function sameNodes(others: Omit<Placement, 'runtimeClass'>): Placement {
  const { nodeSelector, tolerations, imagePullSecrets } = others;
  return { ...anywhere, nodeSelector, tolerations, imagePullSecrets };
}
