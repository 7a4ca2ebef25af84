import { apiGroupOf } from '../../manifests/api-group.ts';
import { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { folderOf, joinPath } from '../../manifests/views/layer.ts';
import { renderCommon } from './app-template.ts';
import { chartsOfApplication } from './applications.ts';
import { renderImmichChart } from './immich-chart.ts';
import { type Installation, lastStep } from './installation.ts';
import { uninstalledCharts } from './local-charts.ts';
import { loneValues } from './lone-values.ts';
import { textValues, ValueFiles } from './value-files.ts';
import { mergedValues } from './values.ts';

/** What came of the Helm releases among manifests. */
export interface Rendered {
  /** The objects of those charts that are known. */
  readonly manifests: readonly Manifest[];
  /** The releases whose chart or values are not known. */
  readonly opaque: ReadonlySet<Manifest>;
}

/**
 * Renders what has bjw-s's app-template or Immich's own chart: HelmReleases of Flux, Applications of Argo CD, charts of
 * kustomize, charts that depend on those, and values that stand alone. Values come from the release, from config maps
 * among the manifests, and from files.
 */
export function renderReleases(manifests: readonly Manifest[], files = new ValueFiles()): Rendered {
  const rendered: Manifest[] = [];
  const opaque = new Set<Manifest>();
  const sources = chartSources(manifests);
  const configMaps = configMapsByName(manifests);
  const install = (one: Installation, isKnown = false) => {
    const { manifest } = one.release;
    const objects = render(one, mergedValues(manifest, one.values));
    rendered.push(...objects);
    if (!isKnown && (objects.length === 0 || one.isPartial)) opaque.add(manifest);
    return objects.length > 0;
  };
  for (const manifest of manifests) {
    const found = fluxRelease(manifest, sources, configMaps);
    if (found !== undefined) install(found);
    if (isApplication(manifest)) for (const one of chartsOfApplication(manifest, files)) install(one);
    // What else they make stays unknown to an inventory, see unknown-charts.ts.
    for (const one of inflatedCharts(manifest, files)) install(one, true);
  }
  // Of charts that are none of ours nothing is known, not even that they are installed.
  for (const one of [...uninstalledCharts(files), ...loneValues(manifests, files)]) {
    const isOurs = install(one, true);
    if (isOurs) opaque.add(one.release.manifest);
  }
  return { manifests: rendered, opaque };
}

function isApplication({ object: { apiVersion, kind } }: Manifest): boolean {
  return kind === 'Application' && apiGroupOf(apiVersion) === 'argoproj.io';
}

function render({ release, chart, version }: Installation, values: Field): Manifest[] {
  if (chart === 'immich' && ['server', 'immich', 'machine-learning'].some((part) => values.at(part).exists)) {
    return renderImmichChart(release, version, values);
  }
  // A chart of any name whose values have controllers with containers is made with the common library.
  const looksCommon = values.at('controllers').entries.some(([, one]) => one.at('containers').exists);
  return looksCommon || chart === 'app-template' ? renderCommon(release, release.name, values) : [];
}

function fluxRelease(
  manifest: Manifest,
  sources: ReadonlyMap<string, ChartSource>,
  configMaps: ReadonlyMap<string, Manifest>,
): Installation | undefined {
  const { apiVersion, kind, metadata } = manifest.object;
  const spec = Field.of(manifest).at('spec');
  if (kind === 'HelmRelease' && apiGroupOf(apiVersion) === 'helm.toolkit.fluxcd.io') {
    const namespace = spec.at('targetNamespace').text ?? metadata?.namespace;
    const references = spec
      .at('valuesFrom')
      .items.map((one) => valuesFrom(one, metadata?.namespace, configMaps));
    return {
      release: { name: spec.at('releaseName').text ?? metadata?.name ?? '', namespace, manifest },
      ...chartOf(spec, sources),
      values: [...references.flatMap((one) => one ?? []), spec.at('values')],
      isPartial: references.includes(undefined),
    };
  }
  return undefined;
}

/**
 * The charts that kustomize inflates.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/helmcharts/
 */
function inflatedCharts(manifest: Manifest, files: ValueFiles): Installation[] {
  if (apiGroupOf(manifest.object.apiVersion) !== 'kustomize.config.k8s.io') return [];
  const field = Field.of(manifest);
  const folder = folderOf(manifest.file);
  return field.at('helmCharts').items.map((chart) => {
    const names = [chart.at('valuesFile').text ?? [], chart.at('additionalValuesFiles').texts].flat();
    const found = names.map((name) => files.at(joinPath(folder, name) ?? name));
    const inline = chart.at('valuesInline');
    const isUnder = chart.get('valuesMerge') === 'merge';
    return {
      release: {
        name: chart.at('releaseName').text ?? chart.at('name').text ?? '',
        namespace: field.at('namespace').text ?? chart.at('namespace').text,
        manifest,
      },
      chart: lastStep(chart.at('name').text ?? ''),
      version: chart.at('version').text ?? '',
      values: [
        ...(isUnder ? [inline] : []),
        ...found.flatMap((one) => one ?? []),
        ...(isUnder ? [] : [inline]),
      ],
      isPartial: found.includes(undefined),
    };
  });
}

/** A chart that a HelmRelease refers to. */
type ChartSource = Pick<Installation, 'chart' | 'version'>;

function chartOf(spec: Field, sources: ReadonlyMap<string, ChartSource>): ChartSource {
  const chart = spec.at('chart', 'spec');
  const reference = spec.at('chartRef', 'name').text ?? '';
  return chart.at('chart').text === undefined
    ? (sources.get(reference) ?? { chart: reference, version: '' })
    : { chart: lastStep(chart.at('chart').text ?? ''), version: chart.at('version').text ?? '' };
}

/** What OCIRepositories and HelmCharts hold, which HelmReleases refer to. */
function chartSources(manifests: readonly Manifest[]): ReadonlyMap<string, ChartSource> {
  return new Map(
    manifests.flatMap((manifest) => {
      const { kind, metadata } = manifest.object;
      if (kind !== 'OCIRepository' && kind !== 'HelmChart') return [];
      const spec = Field.of(manifest).at('spec');
      const chart = spec.at(kind === 'HelmChart' ? 'chart' : 'url').text;
      const version =
        kind === 'HelmChart'
          ? spec.at('version').text
          : (spec.at('ref', 'tag').text ?? spec.at('ref', 'semver').text);
      return chart === undefined
        ? []
        : [[metadata?.name ?? '', { chart: lastStep(chart), version: version ?? '' }]];
    }),
  );
}

/** The values in a key of a config map; undefined when they cannot be had, as when they stand in a secret. */
function valuesFrom(
  reference: Field,
  namespace: string | undefined,
  configMaps: ReadonlyMap<string, Manifest>,
): readonly Field[] | undefined {
  const name = reference.at('name').text ?? '';
  const map = configMaps.get(`${namespace ?? ''}/${name}`) ?? configMaps.get(`/${name}`);
  const data =
    map === undefined || reference.get('kind') !== 'ConfigMap'
      ? undefined
      : Field.of(map).at('data', reference.at('valuesKey').text ?? 'values.yaml');
  return data?.text === undefined ? undefined : textValues(data);
}

function configMapsByName(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  return new Map(
    manifests
      .filter(({ object }) => object.kind === 'ConfigMap')
      .map((manifest) => [
        `${manifest.object.metadata?.namespace ?? ''}/${manifest.object.metadata?.name ?? ''}`,
        manifest,
      ]),
  );
}
