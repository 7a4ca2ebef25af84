import type { Field } from '../../../manifests/field.ts';
import { flux, fluxKustomizations } from '../../../manifests/views/flux.ts';
import type { Rule } from '../../rule.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingDependency: Rule = {
  id: 'missing-dependency',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A Flux Kustomization waits for one that does not exist.',
  why: 'Flux waits for the Kustomization that dependsOn names, even if it never comes. A slip in the name therefore stops everything in this one, and the only sign is a status that says "dependency not found".',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  limits: 'A Kustomization that another repository or a person brings to the cluster is not seen.',
  examples: {
    good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich-database, namespace: flux-system }
spec: { interval: 1h, retryInterval: 2m, path: ./database, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich, namespace: flux-system }
spec:
  dependsOn: [{ name: immich-database }]
  interval: 1h
  retryInterval: 2m
  path: ./immich
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`,
    broken: {
      'dependsOn: [{ name: immich-database }]': 'dependsOn: [{ name: immich-databse }]',
    },
  },
  check(inventory, report) {
    // ResourceSets of Flux Operator make Kustomizations that stand in no file.
    if (!inventory.complete && inventory.all('fluxcd.controlplane.io', 'ResourceSet').length > 0) {
      return;
    }
    for (const kustomization of fluxKustomizations(inventory)) {
      for (const dependency of kustomization.at('spec', 'dependsOn').items) {
        resolve(inventory, report, {
          name: dependency.at('name'),
          apiGroup: flux,
          kind: 'Kustomization',
          namespace: namespaceOf(dependency, kustomization),
          consequence: 'nothing of this Kustomization is ever applied',
        });
      }
    }
  },
};

function namespaceOf(dependency: Field, kustomization: Field): string | undefined {
  return dependency.at('namespace').text ?? kustomization.at('metadata', 'namespace').text;
}
