import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { environment } from './environment.ts';

/** An installation of Traefik: a release of its chart, or its own container. */
export interface TraefikView {
  /** Where settings are written, to be shown when one is missing. */
  readonly settings: Field;
  /** The values of the chart; undefined for a container. */
  readonly values: Field | undefined;
  /** Its arguments. */
  readonly arguments: readonly Field[];
  /** Its variables, by name. */
  readonly variables: ReadonlyMap<string, Field>;
  /** The major version of the chart, where it is said. */
  readonly chart: number | undefined;
}

/** The installations of Traefik whose settings are known whole. */
export function traefiks(inventory: Inventory): TraefikView[] {
  return [...releases(inventory), ...containers(inventory)];
}

function releases(inventory: Inventory): TraefikView[] {
  return inventory.all('helm.toolkit.fluxcd.io', 'HelmRelease').flatMap((release) => {
    const chart = release.at('spec', 'chart', 'spec');
    const name = chart.at('chart').text ?? release.at('spec', 'chartRef', 'name').text ?? '';
    const values = release.at('spec', 'values');
    // What config maps and secrets add is not known.
    if (!/(^|\/)traefik$/.test(name) || release.at('spec', 'valuesFrom').items.length > 0) {
      return [];
    }
    return [
      {
        settings: values,
        values,
        arguments: ['additionalArguments', 'globalArguments'].flatMap((list) => values.at(list).items),
        variables: new Map(values.at('env').items.map((one) => [one.at('name').text ?? '', one.at('value')])),
        chart:
          Number(/^[^\d]*(\d+)\./.exec(String(chart.get('version') ?? ''))?.[1] ?? Number.NaN) || undefined,
      },
    ];
  });
}

function containers(inventory: Inventory): TraefikView[] {
  return inventory.workloads.flatMap((workload) =>
    workload.containers
      .filter(({ image }) => /(^|\/)traefik:v?3/.test(image.text ?? ''))
      // A file of settings may say anything.
      .filter(({ field }) => !field.at('args').texts.some((one) => /^--configfile/i.test(one)))
      .map((container) => ({
        settings: container.field.at('args'),
        values: undefined,
        arguments: [...container.field.at('args').items, ...container.field.at('command').items],
        variables: new Map(
          [...environment(inventory, workload, container)].map(([name, { field }]) => [
            name,
            field.at('value'),
          ]),
        ),
        chart: undefined,
      })),
  );
}
