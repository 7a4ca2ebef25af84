import { clusterLabel, instanceRoleLabel } from '../cnpg/names.ts';
import type { Names } from './names.ts';
import { commands, type Section } from './section.ts';

/** How to empty a node of the database's cluster; undefined where the database has no budget that could keep it. */
export function drain({ installation, data, namespace }: Names): Section | undefined {
  const { database } = installation;
  if (database.kind !== 'cnpg' || database.cnpg.instances === 1) return undefined;
  const { name, instances } = database.cnpg;
  const pods = `--namespace ${namespace} --selector ${clusterLabel}=${name}`;
  return {
    title: 'Drain a node',
    blocks: [
      `The ${instances} instances of \`${name}\` prefer different nodes, and share one where there is no other. While they share one, the disruption budget of the primary keeps that node from being drained for as long as you wait. Which nodes they are on, and what their budgets allow:`,
      commands(
        `${data} get pods ${pods} --output wide --label-columns ${instanceRoleLabel}`,
        `${data} get poddisruptionbudgets --namespace ${namespace} --selector ${clusterLabel}=${name}`,
      ),
      'Where all of them are on the node that is to be drained: cordon it, move the replica to another node, and drain when the replica is Running there. With local storage its volume cannot follow: the replica is then made anew, which its claim has to be deleted for, with the annotation of "Delete on purpose".',
      commands(
        `${data} cordon <node>`,
        `${data} delete ${`$(${data} get pods ${pods},${instanceRoleLabel}=replica --output name | head -1)`} --namespace ${namespace}`,
        `${data} get pods ${pods} --output wide --watch`,
        `${data} drain <node> --ignore-daemonsets --delete-emptydir-data`,
      ),
      'Where there is one node only, two instances protect from nothing: `instances: 1` has no budget, and a drain is a short outage.',
    ],
  };
}
