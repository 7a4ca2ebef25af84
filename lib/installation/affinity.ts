import { list, notEmpty, record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, choice, wholeNumber } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import { label, labelName, labelValue } from './texts.ts';

/** Which nodes pods want, and which other pods beside them, in the form of Kubernetes. */
export type Affinity = Read<typeof affinity>;

/** A choice among nodes by their labels. */
export type NodeTerm = Read<typeof nodeTerm>;

/** A choice among pods, and what they share or do not share with ours. */
export type PodTerm = Read<typeof podTerm>;

const expressions = <const O extends string>(...operators: readonly O[]) =>
  defaulting(
    list(
      mapping({
        key: required(labelName, 'Name of the label.'),
        operator: required(choice(...operators), 'How its value is looked at.'),
        values: defaulting(list(anyText), [], 'The values, as texts.'),
      }),
    ),
    [],
    'What must hold of the labels; all of it.',
  );

const nodeTerm = mapping({
  matchExpressions: expressions('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'),
});

const weight = required(wholeNumber(1, 100), 'How much it counts among the others.');

const podTerm = mapping({
  topologyKey: required(labelName, 'Label of the nodes that says what is one place.'),
  namespaces: defaulting(list(label), [], 'Where the other pods are; default the namespace of ours.'),
  labelSelector: required(
    mapping({
      matchLabels: defaulting(record(labelName, labelValue), {}, 'Labels with their values.'),
      matchExpressions: expressions('In', 'NotIn', 'Exists', 'DoesNotExist'),
    }),
    'The other pods.',
  ),
});

const amongPods = mapping({
  requiredDuringSchedulingIgnoredDuringExecution: defaulting(list(podTerm), [], 'What must hold.'),
  preferredDuringSchedulingIgnoredDuringExecution: defaulting(
    list(mapping({ weight, podAffinityTerm: required(podTerm, 'The other pods, and the place.') })),
    [],
    'What would be good.',
  ),
});

/** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity */
export const affinity = mapping({
  nodeAffinity: optional(
    mapping({
      requiredDuringSchedulingIgnoredDuringExecution: optional(
        mapping({
          nodeSelectorTerms: required(notEmpty(list(nodeTerm)), 'Kinds of nodes; one of them is enough.'),
        }),
        'What must hold.',
      ),
      preferredDuringSchedulingIgnoredDuringExecution: defaulting(
        list(mapping({ weight, preference: required(nodeTerm, 'The nodes.') })),
        [],
        'What would be good.',
      ),
    }),
    'Which nodes.',
  ),
  podAffinity: optional(amongPods, 'Near which other pods.'),
  podAntiAffinity: optional(amongPods, 'Far from which other pods.'),
});
