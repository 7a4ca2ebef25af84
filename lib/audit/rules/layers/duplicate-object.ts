import { isDerived } from '../../../manifests/derived.ts';
import { Field } from '../../../manifests/field.ts';
import type { Manifest } from '../../../manifests/manifest.ts';
import { isKustomizeFile } from '../../../manifests/views/layer.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';

export const duplicateObject: Rule = {
  id: 'duplicate-object',
  severity: 'error',
  whose: 'upstream',
  meaning: 'One kustomization holds the same object twice.',
  why: 'Kustomize refuses to build a folder with the same object twice, so that nothing in it is applied. When the two stand in different layers, Flux writes one after the other for ever, and the cluster shows whichever came last.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file',
  examples: {
    good: `
# app/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [one.yaml, two.yaml]
---
# app/one.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: immich-server, namespace: immich }
---
# app/two.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: immich-machine-learning, namespace: immich }
`,
    broken: {
      'name: immich-machine-learning': 'name: immich-server',
    },
  },
  check(inventory, report) {
    // In a complete inventory everything is applied to one cluster, so no two layers may hold the same object.
    const groups = inventory.complete
      ? [inventory.fields.filter(({ manifest }) => !isKustomizeFile(manifest))]
      : inventory.layers.map(({ listed }) => listed.map(Field.of));
    for (const fields of groups) {
      const first = new Map<string, Field>();
      for (const field of fields) {
        const { apiVersion, kind, metadata } = field.manifest.object;
        const id = [
          apiVersion.split('/').at(-2) ?? '',
          kind,
          metadata?.namespace ?? '',
          metadata?.name ?? '',
        ].join('/');
        const other = first.get(id);
        if (other === undefined) {
          first.set(id, field);
        } else if (metadata?.name !== undefined && !isOfOneRelease(field.manifest, other.manifest)) {
          report(field.at('metadata', 'name'), {
            message: `${kind} ${quote(metadata.name)} stands in ${other.manifest.file} too; Flux applies neither, or the two overwrite each other for ever.`,
            fix: 'Remove or rename one of them.',
          });
        }
      }
    }
  },
};

/** Whether both come of one Helm release: Helm itself would refuse a name that stands twice. */
function isOfOneRelease(one: Manifest, other: Manifest): boolean {
  return isDerived(one) && isDerived(other) && one.subject === other.subject;
}
