import type { Field } from '../field.ts';

/** The annotation by which an object tells Argo CD what not to do with it. */
export const syncOptions = 'argocd.argoproj.io/sync-options';

/**
 * Whether Argo CD leaves an object alone when its file goes, or asks first.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources
 */
export function isKeptByArgoCD(object: Field): boolean {
  const options = object.at('metadata', 'annotations').labels[syncOptions] ?? '';
  return options.split(',').some((one) => /^Prune=(false|confirm)$/.test(one.trim()));
}

/** Whether an Application deletes what no longer stands in git: https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning */
export function prunes(application: Field): boolean {
  const automated = application.at('spec', 'syncPolicy', 'automated');
  return automated.get('prune') === true && automated.get('enabled') !== false;
}
