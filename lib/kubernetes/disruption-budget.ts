import type { Construct } from 'constructs';
import { IntOrString, KubePodDisruptionBudget } from './api.ts';
import { ownLabels, selectorOf } from './labels.ts';

/**
 * Has nodes be drained one after the other where a component has several pods. One pod has none: it could never be moved.
 * A pod that is not well may always be moved, or a drain would wait for it for ever:
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
 */
export function disruptionBudget(
  scope: Construct,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): KubePodDisruptionBudget {
  return new KubePodDisruptionBudget(scope, `${name}-budget`, {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      maxUnavailable: IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorOf(name) },
    },
  });
}
