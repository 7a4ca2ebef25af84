import { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { fluxKustomizations, pathOf } from '../../../manifests/views/flux.ts';
import type { Rule } from '../../rule.ts';

export const emptyLayer: Rule = {
  id: 'empty-layer',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A kustomization lists nothing, so Flux prunes everything that it applied before.',
  why: 'Flux takes an empty kustomization for the wish that nothing be there, and with prune it deletes what it applied before. A line too many removed in a merge is enough.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  examples: {
    good: `
# app/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [serviceaccount.yaml]
---
# app/serviceaccount.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: immich-server, namespace: immich }
`,
    broken: {
      '[serviceaccount.yaml]': '[]',
    },
  },
  check(inventory, report) {
    for (const { kustomization, folder } of inventory.layers) {
      const field = Field.of(kustomization);
      const isEmpty = sources.every(
        (source) => field.at(source).items.length === 0 && field.at(source).entries.length === 0,
      );
      const added = fluxKustomizations(inventory).some(
        (one) => appliesFolder(one, folder) && one.at('spec', 'components').items.length > 0,
      );
      if (
        isEmpty &&
        !added &&
        kustomization.object.kind === 'Kustomization' &&
        isApplied(inventory, folder)
      ) {
        report(field.at('resources'), {
          message: 'The kustomization lists nothing; Flux deletes whatever it applied from here before.',
          fix: 'List the files of the folder, or remove the folder and its Flux Kustomization.',
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

/** Whether something prunes what was there. People keep empty folders as places to fill in, too. */
function isApplied(inventory: Inventory, folder: string): boolean {
  return (
    inventory.complete ||
    fluxKustomizations(inventory).some(
      (one) => one.get('spec', 'prune') === true && appliesFolder(one, folder),
    )
  );
}

function appliesFolder(kustomization: Field, folder: string): boolean {
  const path = pathOf(kustomization);
  return path === folder || path.endsWith(`/${folder}`);
}

/** The fields by which a kustomization brings objects. */
const sources = [
  'resources',
  'bases',
  'components',
  'configMapGenerator',
  'secretGenerator',
  'generators',
  'helmCharts',
  'helmChartInflationGenerator',
];
