/** What an object says that it is. */
export interface Head {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * What a file of kustomize is where it does not say it, by its name; undefined for any other file. Kustomize fills in both:
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/types/kustomization.go
 */
export function headOf(file: string, kind = 'Kustomization'): Head | undefined {
  return /(^|\/)kustomization\.ya?ml$/.test(file)
    ? { apiVersion: `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`, kind }
    : undefined;
}
