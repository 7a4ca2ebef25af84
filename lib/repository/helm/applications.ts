import { Field } from '../../manifests/field.ts';
import type { Manifest, Value } from '../../manifests/manifest.ts';
import { joinPath } from '../../manifests/views/layer.ts';
import { withValue } from '../kustomize/replacement.ts';
import { type Installation, lastStep } from './installation.ts';
import { chartFolder, chartsBelow } from './local-charts.ts';
import { textValues, type ValueFiles } from './value-files.ts';

/**
 * The charts of an Application of Argo CD: from repositories of charts, and from folders that only depend on another
 * chart. `$name/...` is a file of the source with that `ref`; that source is taken to be what is read.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/#helm-value-files-from-external-git-repository
 */
export function chartsOfApplication(manifest: Manifest, files: ValueFiles): Installation[] {
  const spec = Field.of(manifest).at('spec');
  return sourcesOf(spec).flatMap((source): Installation[] => {
    const release = {
      name: source.at('helm', 'releaseName').text ?? manifest.object.metadata?.name ?? '',
      namespace: spec.at('destination', 'namespace').text,
      manifest,
    };
    const folder = chartFolder(source.at('path').text, files);
    const found = source.at('helm', 'valueFiles').texts.map((path) => fileOf(path, folder, files));
    const values = [
      ...found.flatMap((field) => field ?? []),
      ...textValues(source.at('helm', 'values')),
      source.at('helm', 'valuesObject'),
      parametersOf(source),
    ];
    const isPartial = found.includes(undefined);
    if (source.at('chart').exists) {
      const chart = lastStep(source.at('chart').text ?? '');
      const version = source.at('targetRevision').text ?? '';
      return [{ release, chart, version, values, isPartial }];
    }
    const upstream = upstreamChart(source);
    if (upstream !== undefined) return [{ release, ...upstream, values, isPartial }];
    return folder === undefined ? [] : chartsBelow(folder, release, values, isPartial, files);
  });
}

/** What its parameters set, over all other values: `server.replicas` is a path. */
function parametersOf(source: Field): Field {
  const parameters = source.at('helm', 'parameters');
  let values: Value = {};
  for (const parameter of parameters.items) {
    const steps = (parameter.at('name').text ?? '')
      .split(/(?<!\\)\./)
      .map((step) => step.replaceAll('\\.', '.'));
    const value = parameter.get('value');
    // One in a list, such as `env[0].value`, has no place among the others.
    if (value !== undefined && steps.every((step) => /^[^[\]]+$/.test(step))) {
      values = withValue(values, steps, parameter.get('forceString') === true ? value : typed(value));
    }
  }
  return new Field(parameters.manifest, parameters.path, values);
}

/** A parameter is written as text, and is what it looks like. */
function typed(value: Value): Value {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^(0|-?[1-9]\d*)$/.test(value) ? Number(value) : value;
}

/** Its sources: Argo CD looks at the one source only where there is no list of them. */
function sourcesOf(spec: Field): Field[] {
  const { items } = spec.at('sources');
  return items.length > 0 ? items : [spec.at('source')];
}

/**
 * A chart that comes from a registry by its address, or from the git repository in which it is made, where releases are tagged
 * `<chart>-<version>`. https://argo-cd.readthedocs.io/en/stable/user-guide/oci/
 */
function upstreamChart(source: Field): Pick<Installation, 'chart' | 'version'> | undefined {
  const registry = /^oci:\/\/(.*?)\/?$/.exec(source.at('repoURL').text ?? '')?.[1];
  if (registry !== undefined) {
    return { chart: lastStep(registry), version: source.at('targetRevision').text ?? '' };
  }
  const chart = lastStep((source.at('path').text ?? '').replace(/\/+$/, ''));
  return upstream.test(source.at('repoURL').text ?? '') && charts.has(chart)
    ? { chart, version: (source.at('targetRevision').text ?? '').replace(`${chart}-`, '') }
    : undefined;
}

const upstream = /[/:](immich-app\/immich-charts|bjw-s(-labs)?\/helm-charts)(\.git)?\/?$/;
const charts = new Set(['immich', 'app-template']);

/** Value files are relative to the chart, or begin at the top of a repository. */
function fileOf(path: string, folder: string | undefined, files: ValueFiles): Field | undefined {
  const external = /^\$[^/]+\/(.*)$/.exec(path)?.[1] ?? (path.startsWith('/') ? path : undefined);
  const file =
    external !== undefined
      ? files.fromTop(external)
      : folder === undefined
        ? undefined
        : joinPath(folder, path);
  return file === undefined ? undefined : files.at(file);
}
