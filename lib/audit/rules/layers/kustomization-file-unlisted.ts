import { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import type { Manifest } from '../../../manifests/manifest.ts';
import { nameOf } from '../../../manifests/name.ts';
import { folderOf } from '../../../manifests/views/layer.ts';
import type { Rule } from '../../rule.ts';
import { isImmichsDatabase } from '../../views/immichs-database.ts';

export const kustomizationFileUnlisted: Rule = {
  id: 'kustomization-file-unlisted',
  severity: 'error',
  whose: 'upstream',
  tellsOfUnapplied: true,
  meaning: 'A file beside a kustomization is not listed in it, so it is never applied.',
  why: 'Kustomize applies what kustomization.yaml lists and nothing else. A file that was written, reviewed and merged but not listed never reaches the cluster; for a scheduled backup, this is noticed when the backup is needed.',
  url: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  limits: 'A file may be left out on purpose, such as an example.',
  examples: {
    good: `
# app/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [serviceaccount.yaml, scheduledbackup.yaml]
---
# app/serviceaccount.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: immich-server, namespace: immich }
---
# app/scheduledbackup.yaml
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: immich-db, namespace: immich }
spec: { schedule: "0 0 3 * * *", cluster: { name: immich-db } }
`,
    broken: {
      'serviceaccount.yaml, scheduledbackup.yaml': 'serviceaccount.yaml',
    },
  },
  check(inventory, report) {
    for (const { folder, listed, manifests } of inventory.layers) {
      const files = new Set(listed.map(({ file }) => file));
      const told = new Set<string>();
      for (const manifest of manifests) {
        const { file, object } = manifest;
        if (
          folderOf(file) !== folder ||
          files.has(file) ||
          told.has(file) ||
          !isApplied(inventory.complete, object.kind)
        ) {
          continue;
        }
        told.add(file);
        report(Field.of(manifest).at('kind'), {
          message: `kustomization.yaml does not list ${file.slice(folder.length).replace(/^\//, '')}; its ${object.kind} is never applied.`,
          fix: 'Add the file to resources, or move it away.',
          ...(inventory.complete
            ? {}
            : { severity: isMeant(inventory, manifest, listed) ? 'info' : 'warning' }),
        });
      }
    }
  },
};

/** Whether it looks as if the file was left out on purpose: beside a newer one of its kind, or for a database of somebody else. */
function isMeant(inventory: Inventory, manifest: Manifest, listed: readonly Manifest[]): boolean {
  const name = Field.of(manifest).get('spec', 'cluster', 'name');
  const database = inventory.all('postgresql.cnpg.io', 'Cluster').find((one) => nameOf(one) === name);
  return (
    listed.some(({ object }) => object.kind === manifest.object.kind) ||
    (database !== undefined && !isImmichsDatabase(inventory, database))
  );
}

/** People keep unlisted files, such as values and patches; only an unlisted backup or database is silently missed. */
function isApplied(complete: boolean, kind: string): boolean {
  return complete || ['ScheduledBackup', 'ObjectStore'].includes(kind);
}
