import type { Edge, OtherPods } from '../../kubernetes/network.ts';
import { serverName, serverPort } from '../../names.ts';
import { trafficOf } from '../../plan/traffic.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { liveItems } from '../live.ts';
import { listPath } from '../path.ts';

/** Whether the pods of other programs are where the policies let them talk to ours. */
export const peers: Check = {
  id: 'peers',
  title: 'Pods of others that policies name',
  isOfLife: false,
  look: async (subject, cluster) => {
    const { plan } = subject;
    if (!plan.installation.network.policies) return [];
    const { edges } = trafficOf(plan, subject.cluster);
    const wanted = new Map<string, { pods: OtherPods; isDoor: boolean }>();
    for (const edge of edges) {
      for (const pods of [edge.from, edge.to]) {
        if (pods.kind !== 'other' || pods.isDns === true) continue;
        const key = JSON.stringify([pods.namespaces, pods.labels]);
        // The same pods may be at several ends; they are named as those who come in.
        if (isDoor(edge) || !wanted.has(key)) wanted.set(key, { pods, isDoor: isDoor(edge) });
      }
    }
    return (await Promise.all([...wanted.values()].map((one) => lookAt(one, subject, cluster)))).flat();
  },
};

/** Whether it is how browsers and phones come in; whoever else the file lets in says why. */
function isDoor({ to, ports, why }: Edge): boolean {
  return (
    why === undefined &&
    to.kind === 'own' &&
    to.name === serverName &&
    ports.some(({ port }) => port === serverPort.number)
  );
}

async function lookAt(
  { pods, isDoor }: { readonly pods: OtherPods; readonly isDoor: boolean },
  { kubectl, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { name, namespaces, labels } = pods;
  const selector = Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const answers = await Promise.all(
    namespaces.map((namespace) =>
      cluster.get(
        listPath({
          ...{ apiVersion: 'v1', resource: 'pods', namespace },
          selector: selector === '' ? undefined : selector,
        }),
      ),
    ),
  );
  const found = namespaces.filter((_, index) => {
    const answer = answers[index];
    return answer?.kind === 'seen' && liveItems(answer.value).length > 0;
  });
  if (found.length > 0) return [sayWell(`In ${enumerate(found)}: ${name}.`)];
  const hidden = answers.find(({ kind }) => kind === 'unseen');
  if (hidden !== undefined) return judge(hidden, `The pods of ${name}`, { seen: () => [] });
  const tell = isDoor ? sayError : sayWarning;
  return [
    tell(
      `No pod of ${name} is in ${enumerate(namespaces)}${selector === '' ? '' : ` with ${selector}`}: where it runs elsewhere, policies refuse it.`,
      `${kubectl} get pods --all-namespaces${selector === '' ? '' : ` --selector ${selector}`}`,
      `Write where it runs into ${file}: \`explain traffic ${file}\` says who talks to whom.`,
    ),
  ];
}
