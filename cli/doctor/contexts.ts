import { nearest } from '../../lib/text/nearest.ts';
import { quote } from '../../lib/text/quoting.ts';
import type { Contexts } from './kubectl.ts';

/** The context in which a cluster is asked, or why there is none. */
export type Chosen =
  | { readonly kind: 'context'; readonly name: string | undefined; readonly kubectl: string }
  | { readonly kind: 'none'; readonly why: string };

/** A context that a person named serves one cluster: the only one, or the one of its name. */
export function isForOne(named: string, clusters: readonly string[]): boolean {
  return clusters.length === 1 || clusters.includes(named);
}

/**
 * The context of a cluster: the one that was named, or that of the cluster's name, or the current one where no more
 * than one cluster is meant. A cluster that may be another one is not looked at.
 */
export function contextOf(
  cluster: string,
  clusters: readonly string[],
  { names, current }: Contexts,
  named: string | undefined,
): Chosen {
  const name = named ?? (names.includes(cluster) ? cluster : undefined);
  if (name !== undefined) {
    return names.includes(name)
      ? { kind: 'context', name, kubectl: name === current ? 'kubectl' : `kubectl --context ${name}` }
      : {
          kind: 'none',
          why: `There is no context ${quote(name)} in the kubeconfig. ${meantText(name, names)}${knownText(names)}`,
        };
  }
  if (clusters.length > 1) {
    return {
      kind: 'none',
      why: `No context of the kubeconfig has the name of this cluster, ${quote(cluster)}. Rename it: kubectl config rename-context <its name> ${cluster}. ${knownText(names)}`,
    };
  }
  // Inside of a pod kubectl has a cluster without a kubeconfig.
  return { kind: 'context', name: current, kubectl: 'kubectl' };
}

function meantText(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `Did you mean ${near}? `;
}

function knownText(names: readonly string[]): string {
  return names.length === 0 ? 'There is none at all.' : `There are: ${names.join(', ')}.`;
}
