import type { Field } from '../../../manifests/field.ts';
import { nameOf } from '../../../manifests/name.ts';
import { isKeptByArgoCD, prunes } from '../../../manifests/views/argocd.ts';
import { appliedBy, isTold } from '../../../manifests/views/flux.ts';
import { reach } from '../../../manifests/views/reach.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';
import { dataHolders } from '../../views/data-holders.ts';

export const dataWithoutPruneProtection: Rule = {
  id: 'data-without-prune-protection',
  severity: 'error',
  whose: 'upstream',
  meaning:
    'Flux or Argo CD deletes a claim, volume, database or namespace as soon as its file is renamed or removed.',
  why: 'With prune, Flux and Argo CD delete what no longer stands in git, and a renamed or moved file looks just like a removed one. For a claim, a database or a namespace that means its data; an annotation makes them leave the object where it is.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  limits: 'Whether a storage class keeps its volumes is known only where the class is among what was read.',
  examples: {
    good: `
# flux/database.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich-database, namespace: flux-system }
spec: { interval: 1h, retryInterval: 2m, path: ./database, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
# database/cluster.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: immich-db
  namespace: immich
  annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }
spec: { instances: 2, storage: { size: 20Gi } }
---
# app/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          env: [{ name: DB_HOSTNAME, value: immich-db-rw }]
`,
    broken: {
      'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }': '',
    },
  },
  check(inventory, report) {
    const { clusters, claims, volumes, namespaces } = dataHolders(inventory);
    const stores = inventory.complete ? inventory.all('barmancloud.cnpg.io', 'ObjectStore') : [];
    for (const object of [...clusters, ...claims, ...volumes, ...namespaces, ...stores]) {
      const { kind, metadata } = object.manifest.object;
      const loss = `so ${kind} ${quote(metadata?.name)} is deleted with ${kind === 'Namespace' ? 'everything in it' : 'its data'} as soon as this file is renamed, moved or removed`;
      const application = reach(inventory, object.manifest).applications.find(prunes);
      if (application !== undefined && !isKept(object)) {
        report(object.at('metadata', 'name'), {
          message: `Application ${quote(nameOf(application))} of Argo CD prunes, ${loss}.`,
          fix: 'Add the annotation argocd.argoproj.io/sync-options: Prune=false.',
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      }
      const kustomization = appliedBy(inventory, object.manifest);
      if (kustomization?.get('spec', 'prune') === true && !isTold(object, 'prune', 'disabled')) {
        report(object.at('metadata', 'name'), {
          message: `Flux Kustomization ${quote(kustomization.get('metadata', 'name'))} prunes, ${loss}.`,
          fix: 'Add the annotation kustomize.toolkit.fluxcd.io/prune: disabled.',
          // What stands in the way of an accident has not happened yet.
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

/** Helm's own word for it is taken as meant. */
function isKept(object: Field): boolean {
  return (
    isKeptByArgoCD(object) || object.get('metadata', 'annotations', 'helm.sh/resource-policy') === 'keep'
  );
}
