import type { Affinity as AffinitySettings, NodeTerm, PodTerm } from '../installation/affinity.ts';
import type { Placement, Toleration as TolerationSettings } from '../installation/placement.ts';
import type {
  Affinity,
  LocalObjectReference,
  NodeSelectorTerm,
  PodAffinityTerm,
  Toleration,
  TopologySpreadConstraint,
} from './api.ts';
import { present } from './present.ts';

/** What a pod says of where it runs. `selector` selects the pods that are spread. */
export function placementOfPod(
  placement: Placement,
  selector: { readonly [label: string]: string },
): {
  readonly nodeSelector?: { [label: string]: string };
  readonly tolerations?: Toleration[];
  readonly affinity?: Affinity;
  readonly topologySpreadConstraints?: TopologySpreadConstraint[];
  readonly priorityClassName?: string;
  readonly runtimeClassName?: string;
  readonly imagePullSecrets?: LocalObjectReference[];
} {
  const { nodeSelector, affinity, topologySpread, priorityClass, runtimeClass } = placement;
  return present({
    nodeSelector: nodeSelector && { ...nodeSelector },
    tolerations: tolerationsOf(placement),
    affinity: affinity && affinityOf(affinity),
    topologySpreadConstraints: topologySpread && spreadOf(topologySpread, selector),
    priorityClassName: priorityClass,
    runtimeClassName: runtimeClass,
    imagePullSecrets: pullSecretsOf(placement),
  });
}

/** The taints that do not matter, as pods and databases say it. */
export function tolerationsOf({ tolerations }: Pick<Placement, 'tolerations'>): Toleration[] | undefined {
  return tolerations?.map((one: TolerationSettings) => present({ ...one }));
}

/** The Secrets of registries, as pods and databases say it. */
export function pullSecretsOf({
  imagePullSecrets,
}: Pick<Placement, 'imagePullSecrets'>): { readonly name: string }[] | undefined {
  return imagePullSecrets?.map((name) => ({ name }));
}

/** How pods are spread, as pods and databases say it. */
export function spreadOf(
  spread: NonNullable<Placement['topologySpread']>,
  selector: { readonly [label: string]: string },
) {
  return spread.map((one) => ({ ...one, labelSelector: { matchLabels: { ...selector } } }));
}

/** What is near and far, in the form of Kubernetes, which that of CloudNativePG has in its parts. */
export function affinityOf({ nodeAffinity, podAffinity, podAntiAffinity }: AffinitySettings) {
  const must = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return {
    ...(nodeAffinity === undefined
      ? {}
      : {
          nodeAffinity: {
            ...(must === undefined
              ? {}
              : {
                  requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerms: must.nodeSelectorTerms.map(nodeTermOf),
                  },
                }),
            ...unlessEmpty(
              'preferredDuringSchedulingIgnoredDuringExecution',
              nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.map(({ weight, preference }) => ({
                weight,
                preference: nodeTermOf(preference),
              })),
            ),
          },
        }),
    ...(podAffinity === undefined ? {} : { podAffinity: amongPods(podAffinity) }),
    ...(podAntiAffinity === undefined ? {} : { podAntiAffinity: amongPods(podAntiAffinity) }),
  };
}

function amongPods(terms: NonNullable<AffinitySettings['podAffinity']>) {
  return {
    ...unlessEmpty(
      'requiredDuringSchedulingIgnoredDuringExecution',
      terms.requiredDuringSchedulingIgnoredDuringExecution.map(podTermOf),
    ),
    ...unlessEmpty(
      'preferredDuringSchedulingIgnoredDuringExecution',
      terms.preferredDuringSchedulingIgnoredDuringExecution.map(({ weight, podAffinityTerm }) => ({
        weight,
        podAffinityTerm: podTermOf(podAffinityTerm),
      })),
    ),
  };
}

function podTermOf({ topologyKey, namespaces, labelSelector }: PodTerm): PodAffinityTerm {
  const { matchLabels, matchExpressions } = labelSelector;
  return {
    topologyKey,
    labelSelector: {
      ...(Object.keys(matchLabels).length > 0 ? { matchLabels: { ...matchLabels } } : {}),
      ...unlessEmpty('matchExpressions', matchExpressions.map(expressionOf)),
    },
    ...unlessEmpty('namespaces', [...namespaces]),
  };
}

function nodeTermOf({ matchExpressions }: NodeTerm): NodeSelectorTerm {
  return { matchExpressions: matchExpressions.map(expressionOf) };
}

function expressionOf(expression: {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}) {
  const { key, operator, values } = expression;
  return { key, operator, ...unlessEmpty('values', [...values]) };
}

/** A list under its name, unless it is empty. */
function unlessEmpty<N extends string, T>(name: N, items: T[]): { [name in N]?: T[] } {
  const found: { [name in N]?: T[] } = {};
  if (items.length > 0) found[name] = items;
  return found;
}
