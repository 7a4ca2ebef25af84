import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { appliedBy, fluxKustomizations } from '../../../manifests/views/flux.ts';
import { quote } from '../../../text/quoting.ts';
import type { Report, Rule } from '../../rule.ts';
import { immichsKustomizations } from '../../views/immichs-database.ts';

export const healthExpression: Rule = {
  id: 'health-expression',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Flux takes a database for ready before it is, or for failed whenever it restarts.',
  why: 'Flux decides by these expressions when a database is ready and when it has failed. One that holds too early starts Immich before PostgreSQL; one that fails on Ready=False reports a failure during every ordinary restart.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions',
  examples: {
    good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich-database, namespace: flux-system }
spec:
  path: ./database
  wait: true
  retryInterval: 2m
  healthCheckExprs:
    - apiVersion: postgresql.cnpg.io/v1
      kind: Cluster
      current: has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')
`,
    broken: {
      [`current: has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')`]: `failed: status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'False')
      current: status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')`,
    },
  },
  check(inventory, report) {
    const concerned = immichsKustomizations(inventory);
    for (const kustomization of fluxKustomizations(inventory)) {
      if (!inventory.complete && !concerned.has(kustomization.manifest)) continue;
      for (const expression of kustomization.at('spec', 'healthCheckExprs').items) {
        if (expression.get('kind') === 'Cluster' && isCnpg(expression)) {
          checkExpression(inventory, expression, report);
        }
      }
    }
    checkWaiting(inventory, report);
  },
};

function checkExpression(inventory: Inventory, expression: Field, report: Report): void {
  const failed = expression.at('failed');
  if (failed.text !== undefined && /Ready/.test(failed.text) && /False/.test(failed.text)) {
    report(failed, {
      message:
        'A Cluster says Ready=False during every rolling update, so Flux reports a failure each time its image or settings change.',
      fix: 'Remove "failed": Flux then waits until "current" holds, or its timeout is over.',
    });
  }
  const current = expression.at('current');
  if (current.text !== undefined && /\.all\s*\(/.test(current.text) && !/\.exists\s*\(/.test(current.text)) {
    report(current, {
      message: '"all" holds for an empty list too, so the database counts as ready before it has any status.',
      fix: "Write has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True').",
      // Most people write it so, as Flux's own examples do, and the gap lasts for a moment.
      ...(inventory.complete ? {} : { severity: 'info' }),
    });
  }
}

/** A Cluster has no observedGeneration, so without an expression Flux takes it for ready at once. */
function checkWaiting(inventory: Inventory, report: Report): void {
  const told = new Set<Field>();
  const waitedFor = new Set(
    fluxKustomizations(inventory).flatMap((one) =>
      one.at('spec', 'dependsOn').items.flatMap((dependency) => dependency.at('name').text ?? []),
    ),
  );
  for (const cluster of inventory.all('postgresql.cnpg.io', 'Cluster')) {
    const kustomization = appliedBy(inventory, cluster.manifest);
    if (
      kustomization === undefined ||
      told.has(kustomization) ||
      !waitedFor.has(kustomization.at('metadata', 'name').text ?? '') ||
      kustomization.at('spec', 'healthCheckExprs').items.some(isCnpg)
    ) {
      continue;
    }
    told.add(kustomization);
    report(kustomization.at('spec', 'wait'), {
      message: `Flux takes Cluster ${quote(cluster.get('metadata', 'name'))} for ready as soon as it is applied, so what depends on it starts before PostgreSQL.`,
      fix: "Add healthCheckExprs for postgresql.cnpg.io/v1 Cluster with current: has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True').",
      ...(inventory.complete ? { severity: 'error' } : { severity: 'info' }),
    });
  }
}

function isCnpg(expression: Field): boolean {
  return expression.at('apiVersion').text?.startsWith('postgresql.cnpg.io/') === true;
}
