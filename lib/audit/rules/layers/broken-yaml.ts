import { Field } from '../../../manifests/field.ts';
import type { Inventory, YamlFault } from '../../../manifests/inventory.ts';
import { folderOf, isKustomizeFile, joinPath } from '../../../manifests/views/layer.ts';
import { reach, reachOfFolder } from '../../../manifests/views/reach.ts';
import { quote } from '../../../text/quoting.ts';
import type { Problem, Rule } from '../../rule.ts';

export const brokenYaml: Rule = {
  id: 'broken-yaml',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A file of Immich, its database or Flux is no YAML, or has a key twice.',
  why: 'Kustomize reads every file that it is given before it gives any to Kubernetes. One that it cannot read stops all that stand beside it: nothing of them is changed any more, while what runs goes on as it was, and looks healthy.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml',
  limits: 'Files that another program fills in first, such as templates of Helm or Jinja, are passed over.',
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
    for (const { manifest, fault } of inventory.broken) {
      const { isApplied, flux } = reach(inventory, manifest);
      const isNeeded = inventory.complete || isApplied || named.has(manifest.file);
      // Without kustomize kubectl refuses the one object, and Argo CD takes the last value.
      const isBuilt = flux.length > 0 || named.has(manifest.file) || isListed(inventory, manifest.file);
      report(Field.of(manifest).at('kind'), {
        ...textOf(fault, isBuilt),
        ...(!isNeeded
          ? { severity: 'info' }
          : fault.kind === 'no YAML' || isBuilt
            ? {}
            : { severity: 'warning' }),
      });
    }
  },
};

function textOf(fault: YamlFault, isBuilt: boolean): Pick<Problem, 'message' | 'fix'> {
  switch (fault.kind) {
    case 'no YAML':
      return {
        message: `This is no YAML, so that nothing beside it is applied either: ${fault.reason.replace(/[.:]?$/, '')}.`,
        fix: 'Mend the text at this place; an editor with a YAML mode shows what it belongs to.',
      };
    // https://github.com/kubernetes-sigs/kustomize/issues/3480
    case 'repeated key':
      return {
        message: `The key ${quote(fault.key)} stands a second time here; ${isBuilt ? 'kustomize refuses the file, so that nothing beside it is applied either' : 'Kubernetes refuses the object, or one of the two is lost'}.`,
        fix: 'Keep one of the two, with what both say.',
      };
  }
}

/** Whether a kustomization lists a file. */
function isListed(inventory: Inventory, file: string): boolean {
  return inventory.layers.some(({ listed }) => listed.some((one) => one.file === file));
}

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
