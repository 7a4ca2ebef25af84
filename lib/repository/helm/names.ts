import type { Field } from '../../manifests/field.ts';
import type { Release } from './rendering.ts';

/** What the common library calls the objects of a release. */
export interface ChartNames {
  /** The name of the main object, and the head of the names of all others. */
  readonly full: string;
  /** The value of `app.kubernetes.io/name`. */
  readonly label: string;
  /** The value of `app.kubernetes.io/instance`. */
  readonly instance: string;
}

/**
 * The names of a release. A chart that is called like a part of its release is called like the release alone.
 * https://github.com/bjw-s-labs/helm-charts/blob/main/charts/library/common/templates/lib/chart/_names.tpl
 *
 * @param chart What the chart is called where the values do not say: app-template takes the name of its release.
 */
export function chartNames(release: Release, values: Field, chart: string): ChartNames {
  const label = values.at('global', 'nameOverride').text ?? chart;
  const override =
    values.at('global', 'fullnameOverride').text ?? values.at('fullnameOverride').text ?? undefined;
  return {
    full: override ?? (release.name.includes(label) ? release.name : `${release.name}-${label}`),
    label,
    instance: release.name,
  };
}

/**
 * The labels by which the services of a release find the pods of a controller. `controller` was called `component`
 * before version 4 of the library; which one it is does not show in the values.
 */
export function selectorLabels(
  { label, instance }: ChartNames,
  controller: string,
): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': label,
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/controller': controller,
    'app.kubernetes.io/component': controller,
  };
}
