import { apiGroupOf } from '../../manifests/api-group.ts';
import { originOf } from '../../manifests/derived.ts';
import { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { readValue, splitDocuments } from '../manifest-document.ts';
import { renderCommon } from './app-template.ts';
import { renderImmichChart } from './immich-chart.ts';
import type { Release } from './rendering.ts';
import { mergedValues } from './values.ts';

/** What came of the Helm releases among manifests. */
export interface Rendered {
  /** The objects of those charts that are known. */
  readonly manifests: readonly Manifest[];
  /** The releases whose chart or values are not known. */
  readonly opaque: ReadonlySet<Manifest>;
}

/**
 * Renders the HelmReleases of Flux, the Applications of Argo CD and the charts of kustomize, whose chart is bjw-s's app-template or Immich's
 * own. Values come from the release, and from config maps among the manifests.
 */
export function renderReleases(manifests: readonly Manifest[]): Rendered {
  const rendered: Manifest[] = [];
  const opaque = new Set<Manifest>();
  const urls = sourceUrls(manifests);
  const configMaps = configMapsByName(manifests);
  for (const manifest of manifests) {
    const found = installation(manifest, urls, configMaps);
    if (found !== undefined) {
      const objects = render(found, mergedValues(manifest, found.values));
      rendered.push(...objects);
      if (objects.length === 0 || found.isPartial) {
        opaque.add(manifest);
      }
    }
    for (const one of inflatedCharts(manifest)) {
      rendered.push(...render(one, mergedValues(manifest, one.values)));
    }
  }
  return { manifests: rendered, opaque };
}

interface Installation {
  readonly release: Release;
  /** The chart's name, as far as it can be told. */
  readonly chart: string;
  /** The chart's version as it is written, which may be a range; empty where it is not. */
  readonly version: string;
  readonly values: readonly Field[];
  /** Whether more values come from elsewhere. */
  readonly isPartial: boolean;
}

function render({ release, chart, version }: Installation, values: Field): Manifest[] {
  if (chart === 'immich' && ['server', 'immich', 'machine-learning'].some((part) => values.at(part).exists)) {
    return renderImmichChart(release, version, values);
  }
  // A chart of any name whose values have controllers with containers is made with the common library.
  const looksCommon = values.at('controllers').entries.some(([, one]) => one.at('containers').exists);
  return looksCommon || chart === 'app-template' ? renderCommon(release, release.name, values) : [];
}

function installation(
  manifest: Manifest,
  urls: ReadonlyMap<string, string>,
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
      chart: chartOf(spec, urls),
      version: spec.at('chart', 'spec', 'version').text ?? '',
      values: [...references.flatMap((one) => one ?? []), spec.at('values')],
      isPartial: references.includes(undefined),
    };
  }
  if (kind === 'Application' && apiGroupOf(apiVersion) === 'argoproj.io') {
    const source = [spec.at('source'), ...spec.at('sources').items].find((one) => one.at('chart').exists);
    return source === undefined
      ? undefined
      : {
          release: {
            name: source.at('helm', 'releaseName').text ?? metadata?.name ?? '',
            namespace: spec.at('destination', 'namespace').text,
            manifest,
          },
          chart: lastStep(source.at('chart').text ?? ''),
          version: source.at('targetRevision').text ?? '',
          values: [...textValues(source.at('helm', 'values')), source.at('helm', 'valuesObject')],
          isPartial: source.at('helm', 'valueFiles').exists,
        };
  }
  return undefined;
}

/**
 * The charts that kustomize inflates. What else they make stays unknown to an inventory, see unknown-charts.ts.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/helmcharts/
 */
function inflatedCharts(manifest: Manifest): Installation[] {
  if (apiGroupOf(manifest.object.apiVersion) !== 'kustomize.config.k8s.io') return [];
  const field = Field.of(manifest);
  return field.at('helmCharts').items.map((chart) => ({
    release: {
      name: chart.at('releaseName').text ?? chart.at('name').text ?? '',
      namespace: field.at('namespace').text ?? chart.at('namespace').text,
      manifest,
    },
    chart: lastStep(chart.at('name').text ?? ''),
    version: chart.at('version').text ?? '',
    values: [chart.at('valuesInline')],
    isPartial: chart.at('valuesFile').exists || chart.at('additionalValuesFiles').exists,
  }));
}

function chartOf(spec: Field, urls: ReadonlyMap<string, string>): string {
  const chart = spec.at('chart', 'spec', 'chart').text;
  const reference = spec.at('chartRef', 'name').text ?? '';
  return lastStep(chart ?? urls.get(reference) ?? reference);
}

/** Where OCIRepositories and HelmCharts, which HelmReleases refer to, take their charts from. */
function sourceUrls(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  return new Map(
    manifests.flatMap((manifest) => {
      const spec = Field.of(manifest).at('spec');
      const url =
        manifest.object.kind === 'OCIRepository'
          ? spec.at('url').text
          : manifest.object.kind === 'HelmChart'
            ? spec.at('chart').text
            : undefined;
      return url === undefined ? [] : [[manifest.object.metadata?.name ?? '', url]];
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

/** Values that stand as text inside a value, shown where the text begins; or in a file of their own. */
function textValues(field: Field): Field[] {
  try {
    const { manifest, path } = originOf(field.manifest, field.path);
    const isFile = path.length === 0;
    return splitDocuments(manifest.file, field.text ?? '')
      .slice(0, 1)
      .map((document) => {
        const { value } = readValue(document);
        return isFile ? new Field(manifest, [], value) : new TextField(field, value);
      });
  } catch {
    return [];
  }
}

/** A field whose whole content stands at one place. */
class TextField extends Field {
  constructor(place: Field, value: Field['value']) {
    super(place.manifest, place.path, value);
  }

  override get entries(): [string, Field][] {
    return super.entries.map(([key, entry]) => [
      key,
      new TextField(new Field(this.manifest, this.path, undefined), entry.value),
    ]);
  }
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

function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
