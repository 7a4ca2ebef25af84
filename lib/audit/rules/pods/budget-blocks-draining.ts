import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { selects } from '../../../manifests/selector.ts';
import { concerns } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import { documents } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';
import { usedDatabases } from '../../views/immichs-database.ts';

export const budgetBlocksDraining: Rule = {
  id: 'budget-blocks-draining',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'A disruption budget forbids moving any pod, so no node can be drained for an upgrade.',
  why: 'Draining a node respects disruption budgets and waits until a pod may be moved. A budget that needs every pod there is never allows it, so that an upgrade of the nodes hangs until somebody removes the budget by hand.',
  url: 'https://cloudnative-pg.io/documentation/current/kubernetes_upgrade/#pod-disruption-budgets',
  examples: {
    good: documents(`apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: immich-db, namespace: immich }
spec:
  instances: 1
  imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
  enablePDB: false
  storage: { size: 20Gi }
  postgresql: { shared_preload_libraries: [vchord.so] }`),
    broken: {
      'enablePDB: false': 'enablePDB: true',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const spec = database.at('spec');
      const isSingle = (spec.at('instances').number ?? 1) === 1;
      const isSaid = spec.get('enablePDB') === true;
      // Without a word on it, it is the operator's default, and many live with it.
      const isUsed = usedDatabases(inventory).some((link) => link.cluster === database);
      const isJudged = inventory.complete || isSaid || isUsed;
      if (isSingle && spec.at('storage').exists && spec.get('enablePDB') !== false && isJudged) {
        report(isSaid ? spec.at('enablePDB') : spec.at('instances'), {
          message: `The only instance of Cluster ${quote(nameOf(database))} is guarded by a budget, so draining its node waits for ever.`,
          fix: 'Write enablePDB: false.',
          ...(isSaid || inventory.complete ? {} : { severity: 'info' }),
        });
      }
    }
    for (const budget of inventory.all('policy', 'PodDisruptionBudget')) {
      checkBudget(inventory, budget, report);
    }
  },
};

function checkBudget(inventory: Inventory, budget: Field, report: Report): void {
  const selector = budget.at('spec', 'selector');
  const namespace = budget.at('metadata', 'namespace').text;
  const pods = inventory.pods(namespace).filter(({ labels }) => selector.exists && selects(selector, labels));
  const [workload] = pods.flatMap((one) => one.workload ?? []);
  if (workload === undefined || !concerns(inventory, workload)) {
    return;
  }
  // A budget over several workloads counts the pods of all; an operator or a chart may bring more of them.
  const replicas = pods.length === 1 && !inventory.hasUnknown(namespace) ? workload.replicas : undefined;
  const least = budget.at('spec', 'minAvailable');
  const most = budget.at('spec', 'maxUnavailable');
  const isBlocked =
    least.value === '100%' ||
    (least.number !== undefined && replicas !== undefined && least.number >= replicas) ||
    most.value === 0 ||
    most.value === '0%';
  if (isBlocked) {
    report(least.exists ? least : most, {
      message: `The budget needs every pod of ${workload.kind} ${quote(workload.name)} (${replicas ?? 'all'}), so draining a node waits for ever.`,
      fix: 'Remove the budget, or write maxUnavailable: 1.',
    });
  }
}
