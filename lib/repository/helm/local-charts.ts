import { Field, isMapping } from '../../manifests/field.ts';
import { folderOf, joinPath } from '../../manifests/views/layer.ts';
import type { Installation } from './installation.ts';
import type { Release } from './rendering.ts';
import type { ValueFiles } from './value-files.ts';

/** The folder of a chart by the path that an Application gives; undefined when none is there. */
export function chartFolder(path: string | undefined, files: ValueFiles): string | undefined {
  const file = path === undefined ? undefined : files.fromTop(`${path}/Chart.yaml`);
  return file === undefined ? undefined : folderOf(file);
}

/**
 * The charts that a chart depends on, each with the values under its name or its alias, and with what is `global`.
 * https://helm.sh/docs/topics/charts/#scope-dependencies-and-values
 *
 * @param values What stands over the chart's own values.
 */
export function chartsBelow(
  folder: string,
  release: Release,
  values: readonly Field[],
  isPartial: boolean,
  files: ValueFiles,
): Installation[] {
  const file = (name: string) => files.at(joinPath(folder, name) ?? name);
  const layers = [file('values.yaml'), ...values].flatMap((layer) => layer ?? []);
  const dependencies = file('Chart.yaml')?.at('dependencies').items ?? [];
  return dependencies.flatMap((dependency): Installation[] => {
    const chart = dependency.at('name').text;
    const key = dependency.at('alias').text ?? chart;
    if (chart === undefined || key === undefined || isOff(dependency, layers)) return [];
    const version = dependency.at('version').text ?? '';
    return [
      { release, chart, version, values: layers.flatMap((layer) => valuesBelow(layer, key)), isPartial },
    ];
  });
}

/** Charts that stand in what is read, and that nothing among it installs, as somebody may install them by hand. */
export function uninstalledCharts(files: ValueFiles): Installation[] {
  return files.named('Chart.yaml').flatMap((file) => {
    if (files.isUsed(file)) return [];
    const folder = folderOf(file);
    const chart = files.at(file);
    if (chart === undefined) return [];
    const name = chart.at('name').text ?? '';
    const object = { apiVersion: 'v2', kind: 'Chart', metadata: { name } };
    return chartsBelow(
      folder,
      { name, namespace: undefined, manifest: { ...chart.manifest, object } },
      [],
      true,
      files,
    );
  });
}

/** Whether the values switch a dependency off. */
function isOff(dependency: Field, layers: readonly Field[]): boolean {
  const way = dependency.at('condition').text?.split(',')[0]?.trim().split('.') ?? [];
  const answers = layers.flatMap((layer) => layer.get(...way) ?? []);
  return way.length > 0 && answers.at(-1) === false;
}

function valuesBelow(layer: Field, key: string): Field[] {
  const shared = layer.get('global');
  const common = isMapping(shared) ? [new Field(layer.manifest, layer.path, { global: shared })] : [];
  return [...common, layer.at(key)];
}
