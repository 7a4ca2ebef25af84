import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import type { Manifest } from '../../../manifests/manifest.ts';
import { appliedBy, nameOfKustomization, pathOf } from '../../../manifests/views/flux.ts';
import { concernsNamespace } from '../../../manifests/views/immich.ts';
import { folderOf } from '../../../manifests/views/layer.ts';
import { reach } from '../../../manifests/views/reach.ts';
import { quote } from '../../../text/quoting.ts';
import type { Report, Rule } from '../../rule.ts';

export const objectInTwoKustomizations: Rule = {
  id: 'object-in-two-kustomizations',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Two Flux Kustomizations hold the same object and overwrite each other, or delete it.',
  why: 'Each Flux Kustomization keeps an inventory of what it applied, and prunes what no longer stands in it. An object in two of them is rewritten by both in turn, and deleted as soon as one of them lets go of it.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  examples: {
    good: `
# flux/immich.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich, namespace: flux-system }
spec: { path: ./app, prune: true, retryInterval: 2m }
---
# flux/immich-storage.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich-storage, namespace: flux-system }
spec: { path: ./storage, prune: true, retryInterval: 2m }
---
# app/server.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]
---
# app/claim.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: immich-library, namespace: immich }
---
# storage/claim.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: immich-models, namespace: immich }
`,
    broken: {
      'name: immich-models': 'name: immich-library',
    },
  },
  check(inventory, report) {
    checkPaths(inventory, report);
    const first = new Map<string, { field: Field; kustomization: Field }>();
    for (const field of inventory.fields) {
      const { apiVersion, kind, metadata } = field.manifest.object;
      if (
        metadata?.name === undefined ||
        metadata.name.includes('$') ||
        !concernsNamespace(inventory, metadata.namespace)
      ) {
        continue;
      }
      const kustomization = appliedBy(inventory, field.manifest);
      if (kustomization === undefined) {
        continue;
      }
      const id = [apiVersion, kind, metadata.namespace ?? '', metadata.name].join('\n');
      const other = first.get(id);
      if (other === undefined) {
        first.set(id, { field, kustomization });
      } else if (
        other.kustomization.manifest !== kustomization.manifest &&
        other.field.manifest.file !== field.manifest.file &&
        isSameCluster(other.kustomization, kustomization)
      ) {
        report(field.at('metadata', 'name'), {
          message: `Flux Kustomizations ${quote(nameOfKustomization(other.kustomization))} (${other.field.manifest.file}) and ${quote(nameOfKustomization(kustomization))} both apply ${kind} ${quote(metadata.name)}; they overwrite each other, and when one drops it, it is deleted.`,
          fix: 'Keep it in one of them.',
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

/** Two Kustomizations that apply all of one folder, and by nothing that is written give its objects other names. */
function checkPaths(inventory: Inventory, report: Report): void {
  const told = new Set<Field>();
  for (const { namespace, manifest } of immichsManifests(inventory)) {
    const [first, ...others] = reach(inventory, manifest).flux;
    const other = others.find(
      (one) =>
        first !== undefined &&
        pathOf(one) === pathOf(first) &&
        isSameCluster(first, one) &&
        isAlike(first, one),
    );
    if (first !== undefined && other !== undefined && !told.has(other)) {
      told.add(other);
      report(other.at('spec', 'path'), {
        message: `Flux Kustomizations ${quote(nameOfKustomization(first))} and ${quote(nameOfKustomization(other))} apply the same folder${namespace === undefined ? '' : ` to namespace ${quote(namespace)}`}; they overwrite each other, and when one of them goes, all of it is deleted.`,
        fix: 'Remove one of them, with prune: false first.',
        ...(inventory.complete ? {} : { severity: 'warning' }),
      });
    }
  }
}

/** Whether two Kustomizations make the same objects of one folder, on one cluster and from one source. */
function isAlike(one: Field, other: Field): boolean {
  return (
    [one, other].every((flux) => flux.get('spec', 'suspend') !== true) &&
    [
      'targetNamespace',
      'namePrefix',
      'nameSuffix',
      'postBuild',
      'patches',
      'components',
      'kubeConfig',
      'sourceRef',
    ].every(
      (setting) => JSON.stringify(one.get('spec', setting)) === JSON.stringify(other.get('spec', setting)),
    )
  );
}

function immichsManifests(
  inventory: Inventory,
): { readonly namespace: string | undefined; readonly manifest: Manifest }[] {
  return inventory.manifests.flatMap((manifest) => {
    const namespace = manifest.object.metadata?.namespace;
    return namespace !== undefined && concernsNamespace(inventory, namespace)
      ? [{ namespace, manifest }]
      : [];
  });
}

/** Repositories of several clusters have the same objects once for each; only those side by side are of one cluster. */
function isSameCluster(one: Field, other: Field): boolean {
  return folderOf(one.manifest.file) === folderOf(other.manifest.file);
}
