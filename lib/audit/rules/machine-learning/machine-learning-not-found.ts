import type { Inventory } from '../../../manifests/inventory.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { type ImmichContainerView, immich } from '../../../manifests/views/immich.ts';
import { documents, machineLearning, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const machineLearningNotFound: Rule = {
  id: 'machine-learning-not-found',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Immich looks for machine learning under a name that no Service has.',
  why: 'Where nothing says the address of machine learning, Immich asks http://immich-machine-learning:3003. Without a Service of that name, also beside a machine learning in the same pod, searches by content fail and faces are not found, which shows in the log alone.',
  url: 'https://docs.immich.app/install/environment-variables#machine-learning',
  limits: 'An address that was set on the page of settings stands in the database and is not seen.',
  examples: {
    good: documents(
      server('env: [{ name: IMMICH_MACHINE_LEARNING_URL, value: "http://immich-ml:3003" }]'),
      machineLearning('ports: [{ containerPort: 3003 }]'),
      `apiVersion: v1
kind: Service
metadata: { name: immich-ml, namespace: immich }
spec: { selector: { app: immich-machine-learning }, ports: [{ port: 3003 }] }`,
    ),
    broken: { 'env: [{ name: IMMICH_MACHINE_LEARNING_URL, value: "http://immich-ml:3003" }]': '' },
  },
  check(inventory, report) {
    const { containers } = immich(inventory);
    const here = new Set(
      containers.flatMap(({ part, workload }) => (part === 'machine-learning' ? [workload.namespace] : [])),
    );
    for (const found of containers) {
      const { namespace } = found.workload;
      if (
        found.part === 'server' &&
        here.has(namespace) &&
        saysNothing(inventory, found) &&
        inventory.find('', 'Service', namespace, usual) === undefined &&
        (namespace === undefined || !inventory.hasUnknown(namespace))
      ) {
        report(found.container.image, {
          message: `Nothing says where machine learning is, so that Immich asks http://${usual}:3003, and there is no such Service; unless its settings hold another address, searches fail and faces are not found.`,
          fix: 'Set IMMICH_MACHINE_LEARNING_URL to the address of the Service of machine learning.',
        });
      }
    }
  },
};

const usual = 'immich-machine-learning';

/** Whether neither a variable nor, as far as can be seen, a configuration file says the address. */
function saysNothing(inventory: Inventory, { workload, container }: ImmichContainerView): boolean {
  const variables = environment(inventory, workload, container);
  const isWhole = container.environmentFrom.every(
    ({ kind, name }) => inventory.find('', kind, workload.namespace, name.text ?? '')?.keys !== undefined,
  );
  return isWhole && !settings.some((name) => variables.has(name));
}

const settings = ['IMMICH_MACHINE_LEARNING_URL', 'IMMICH_MACHINE_LEARNING_ENABLED', 'IMMICH_CONFIG_FILE'];
