/** The label that tells the pods of one component from all others in the namespace; selectors use nothing else. */
export const nameLabel = 'app.kubernetes.io/name';

/** Labels that select the pods of a component. They never change, since a Deployment's selector cannot. */
export type Selector = { readonly [label: string]: string };

export function selectorOf(name: string): Selector {
  return { [nameLabel]: name };
}

/** The labels of every object of a component. */
export function labelsOf(name: string, component: string): { readonly [label: string]: string } {
  return {
    ...selectorOf(name),
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/part-of': 'immich',
    'app.kubernetes.io/managed-by': 'immich-cdk8s',
  };
}
