import { Field } from './field.ts';
import type { Manifest } from './manifest.ts';
import { isKustomizeFile } from './views/layer.ts';

/** Where a release, or an Application of Argo CD, puts what its chart makes; undefined when it does not say. */
export function namespaceOfCharts(manifest: Manifest): string | undefined {
  const field = Field.of(manifest);
  return (
    field.at('spec', 'targetNamespace').text ??
    field.at('spec', 'destination', 'namespace').text ??
    field.at('metadata', 'namespace').text
  );
}

/** Where kustomizations put what the charts they call make; undefined when they do not say. */
export function chartsOfKustomize(fields: readonly Field[]): (string | undefined)[] {
  return fields
    .filter(({ manifest }) => isKustomizeFile(manifest))
    .flatMap((field) =>
      ['helmCharts', 'helmChartInflationGenerator', 'generators'].flatMap((list) =>
        field.at(list).items.map((chart) => field.at('namespace').text ?? chart.at('namespace').text),
      ),
    );
}
