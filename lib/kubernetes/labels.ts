/** The label that tells the pods of one component from all others in the namespace; selectors use nothing else. */
const nameLabel = 'app.kubernetes.io/name';

/** Labels that select the pods of a component. They never change, since a Deployment's selector cannot. */
export type Selector = { readonly [label: string]: string };

export function selectorOf(name: string): Selector {
  return { [nameLabel]: name };
}

/** What tells our objects from those of operators and people, as in `kubectl get --selector`. */
export const ownLabels = { 'app.kubernetes.io/part-of': 'immich' } as const;

/** The labels of the pods of a component. */
export function podLabelsOf(name: string): { readonly [label: string]: string } {
  return { ...selectorOf(name), ...ownLabels };
}
