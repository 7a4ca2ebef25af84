import { environmentProblem } from '../../../immich/environment.ts';
import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { includes } from '../../../manifests/selector.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { type ImmichContainerView, immich } from '../../../manifests/views/immich.ts';
import { metricsPorts } from '../../../manifests/views/immich-port.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const metricsOff: Rule = {
  id: 'metrics-off',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Metrics are asked for on a port where Immich only listens when telemetry is switched on.',
  why: 'Immich opens its ports for metrics only when telemetry is switched on by IMMICH_TELEMETRY_INCLUDE. Without it the monitor asks a closed port, graphs stay empty, and alerts that build on them never fire.',
  url: 'https://immich.app/docs/features/monitoring/',
  examples: {
    good: documents(
      server(`ports: [{ name: metrics, containerPort: 8081 }]
env: [{ name: IMMICH_TELEMETRY_INCLUDE, value: all }]`),
    ),
    broken: {
      'env: [{ name: IMMICH_TELEMETRY_INCLUDE, value: all }]': '',
    },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers) {
      const place = found.part === 'server' ? metricsPlace(inventory, found) : undefined;
      const variables = environment(inventory, found.workload, found.container);
      // Variables of a secret or config map that is not to be seen may switch it on.
      const isWhole = found.container.environmentFrom.every(
        ({ kind, name }) =>
          inventory.find('', kind, found.workload.namespace, name.text ?? '')?.keys !== undefined,
      );
      const isOn = ['IMMICH_TELEMETRY_INCLUDE', ...replaced].some(
        (name) => variables.has(name) && environmentProblem('server', name, found.version) === undefined,
      );
      if (place !== undefined && isWhole && !isOn) {
        report(place, {
          message:
            'IMMICH_TELEMETRY_INCLUDE is not set, so nothing answers on the metrics port and all graphs stay empty.',
          fix: 'Set IMMICH_TELEMETRY_INCLUDE: all.',
        });
      }
    }
  },
};

/** What switched metrics on in versions that still read it. */
const replaced = [
  'IMMICH_METRICS',
  'IMMICH_API_METRICS',
  'IMMICH_HOST_METRICS',
  'IMMICH_IO_METRICS',
  'IMMICH_JOB_METRICS',
];

function metricsPlace(inventory: Inventory, { container, workload }: ImmichContainerView): Field | undefined {
  const variable = environment(inventory, workload, container).get('IMMICH_API_METRICS_PORT');
  return (
    container.ports
      .find(({ number }) => number !== undefined && metricsPorts.includes(number))
      ?.field.at('containerPort') ??
    variable?.field ??
    // The ports of a container are only information; the Service may lead there without them.
    inventory.services
      .filter(({ namespace, field }) => {
        const selector = field?.at('spec', 'selector').labels ?? {};
        return (
          namespace === workload.namespace &&
          Object.keys(selector).length > 0 &&
          includes(workload.labels, selector)
        );
      })
      .flatMap(({ ports }) => ports)
      .find(({ target }) => target?.number !== undefined && metricsPorts.includes(target.number))?.target
  );
}
