import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check } from '../check.ts';
import { type Finding, judge, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, liveItems } from '../live.ts';
import { listPath } from '../path.ts';

/** Whether there are nodes for the instances of the database, and all of them are ready. */
export const nodes: Check = {
  id: 'nodes',
  title: 'Nodes',
  isOfLife: false,
  look: async ({ plan, cluster, file, kubectl }, living) => {
    const { database, clusters } = plan.installation;
    const instances =
      database.kind === 'cnpg' && cluster === clusters.database ? database.cnpg.instances : undefined;
    return judge(await living.get(listPath({ apiVersion: 'v1', resource: 'nodes' })), 'The nodes', {
      seen: (value) => {
        const all = liveItems(value);
        const open = all.filter(takesPods).length;
        const away = all
          .filter((node) => conditionOf(node, 'Ready')?.at('status').text !== 'True')
          .map(nameOf);
        const findings: Finding[] = [];
        if (away.length > 0) {
          findings.push(
            sayWarning(`Not ready: ${enumerate(away)}.`, `${kubectl} describe nodes ${away.join(' ')}`),
          );
        }
        if (instances !== undefined && instances > 1 && instances > open) {
          findings.push(
            sayWarning(
              `The database has ${instances} instances, and ${open === 1 ? 'there is 1 node' : `there are ${open} nodes`} for them: those that share a node are away together.`,
              `Add nodes, or write database: { cnpg: { instances: ${Math.max(1, open)} } } into ${file}.`,
            ),
          );
        }
        return findings.length > 0
          ? findings
          : [sayWell(`${all.length} ready, ${open} of them open for pods.`)];
      },
    });
  },
};

/** Whether a pod without tolerations can come to a node. */
function takesPods(node: Field): boolean {
  const taints = node.at('spec', 'taints').items.map((taint) => taint.at('effect').text ?? '');
  return (
    node.get('spec', 'unschedulable') !== true &&
    !taints.some((effect) => effect === 'NoSchedule' || effect === 'NoExecute')
  );
}
