import { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { folderOf, isKustomizeFile, joinPath } from '../../../manifests/views/layer.ts';
import { reach, reachOfFolder } from '../../../manifests/views/reach.ts';
import type { Rule } from '../../rule.ts';

export const brokenYaml: Rule = {
  id: 'broken-yaml',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A file of Immich, its database or Flux is no YAML.',
  why: 'Kustomize reads every file that it is given before it gives any to Kubernetes. One that it cannot read stops all that stand beside it: nothing of them is changed any more, while what runs goes on as it was, and looks healthy.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml',
  examples: {
    good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: immich, namespace: immich }
data: { TZ: UTC }
`,
    broken: { 'data: { TZ: UTC }': 'data: { TZ: UTC' },
  },
  tellsOfUnapplied: true,
  check(inventory, report) {
    const named = namedFiles(inventory);
    for (const { manifest, reason } of inventory.broken) {
      const isNeeded = inventory.complete || reach(inventory, manifest).isApplied || named.has(manifest.file);
      report(Field.of(manifest).at('kind'), {
        message: `This is no YAML, so that nothing beside it is applied either: ${reason.replace(/[.:]?$/, '')}.`,
        fix: 'Mend the text at this place; an editor with a YAML mode shows what it belongs to.',
        ...(isNeeded ? {} : { severity: 'info' }),
      });
    }
  },
};

/** The patches of kustomizations that are applied: nothing is built where one of them cannot be read. */
function namedFiles(inventory: Inventory): ReadonlySet<string> {
  return new Set(
    inventory.fields
      .filter(
        ({ manifest }) =>
          isKustomizeFile(manifest) && reachOfFolder(inventory, folderOf(manifest.file)).isApplied,
      )
      .flatMap((kustomization) =>
        [
          ...kustomization.at('patchesStrategicMerge').texts,
          ...['patches', 'patchesJson6902', 'replacements'].flatMap((list) =>
            kustomization.at(list).items.flatMap((one) => one.at('path').text ?? []),
          ),
        ].flatMap((path) => joinPath(folderOf(kustomization.manifest.file), path) ?? []),
      ),
  );
}
