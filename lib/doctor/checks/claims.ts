import { clusterLabel } from '../../cnpg/names.ts';
import { volumeClaimsOf } from '../../installation/volumes.ts';
import type { Field } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import { nameOf } from '../../manifests/name.ts';
import { valkeyName } from '../../names.ts';
import type { Check, Subject } from '../check.ts';
import type { Answer, LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayUnseen, sayWarning, sayWell } from '../finding.ts';
import { live, liveItems } from '../live.ts';
import { listPath } from '../path.ts';

/** Whether the claims have their volumes, and how full those are. */
export const claims: Check = {
  id: 'claims',
  title: 'Claims',
  isOfLife: true,
  look: async (subject, cluster) => {
    const { namespace } = subject.plan.installation;
    const list = (resource: string) => cluster.get(listPath({ apiVersion: 'v1', resource, namespace }));
    const [found, pods] = await Promise.all([list('persistentvolumeclaims'), list('pods')]);
    const usage = await usageOf(namespace, pods, cluster);
    return judge(found, `The claims in ${namespace}`, {
      seen: (value) => {
        const own = liveItems(value).filter((claim) => isOurs(claim, subject));
        const bound = own.filter((claim) => claim.at('status', 'phase').text === 'Bound').length > 0;
        return [
          ...own.flatMap((claim) => findingsOf(claim, usage, subject)),
          ...(bound && usage.kind === 'unseen' ? [sayUnseen('How full they are', usage.why)] : []),
        ];
      },
    });
  },
};

function isOurs(claim: Field, { plan, cluster }: Subject): boolean {
  const { installation } = plan;
  const isOfDatabase = claim.at('metadata', 'labels').labels[clusterLabel] !== undefined;
  const named = [...volumeClaimsOf(installation.volumes), valkeyName];
  return isOfDatabase || (cluster === installation.clusters.app && named.includes(nameOf(claim)));
}

function findingsOf(claim: Field, usage: Usage, { kubectl, plan, file }: Subject): readonly Finding[] {
  const name = nameOf(claim);
  const describe = `${kubectl} describe pvc ${name} --namespace ${plan.installation.namespace}`;
  const isOfDatabase = claim.at('metadata', 'labels').labels[clusterLabel] !== undefined;
  const phase = claim.at('status', 'phase').text;
  if (phase === 'Lost') return [sayError(`${name} has lost its volume.`, describe)];
  if (phase !== 'Bound') {
    return [
      sayWarning(
        `${name} has no volume yet. With WaitForFirstConsumer it gets one with its first pod.`,
        describe,
      ),
    ];
  }
  const used = usage.kind === 'seen' ? usage.value.get(name) : undefined;
  // Network shares are not measured: https://kubernetes.io/docs/concepts/storage/volume-health-monitoring/
  if (used === undefined) {
    return [sayWell(`${name} is bound, ${claim.at('status', 'capacity', 'storage').text}.`)];
  }
  const percent = Math.round(used * 100);
  const grow = isOfDatabase
    ? `First see whether the write-ahead log is archived, below "Database". Else raise database.cnpg.storage.size in ${file}. Never delete files in it.`
    : `Raise its size in ${file}, where its storage class lets volumes grow.`;
  const [red, amber] = isOfDatabase ? [0.9, 0.8] : [0.95, 0.85];
  if (used >= red) return [sayError(`${name} is ${percent} % full.`, grow)];
  return [
    used >= amber
      ? sayWarning(`${name} is ${percent} % full.`, grow)
      : sayWell(`${name} is ${percent} % full.`),
  ];
}

/** The used share of each claim, by its name. */
type Usage = Answer<ReadonlyMap<string, number>>;

/** The kubelets know it, each of the pods on its node: https://kubernetes.io/docs/reference/instrumentation/node-metrics/ */
async function usageOf(namespace: string, pods: Answer<Value>, cluster: LivingCluster): Promise<Usage> {
  if (pods.kind !== 'seen') return { kind: 'absent' };
  const nodes = new Set(
    liveItems(pods.value)
      .filter((pod) => pod.at('spec', 'volumes').items.some((one) => one.at('persistentVolumeClaim').exists))
      .flatMap((pod) => pod.at('spec', 'nodeName').text ?? []),
  );
  const answers = await Promise.all(
    [...nodes].map((node) => cluster.get(`/api/v1/nodes/${node}/proxy/stats/summary`)),
  );
  const shares = new Map<string, number>();
  for (const answer of answers) {
    if (answer.kind !== 'seen') continue;
    for (const pod of live(answer.value).at('pods').items) {
      for (const volume of pod.at('volume').items) {
        const [used, all] = [volume.at('usedBytes').number, volume.at('capacityBytes').number];
        const name = volume.at('pvcRef', 'name').text;
        if (volume.at('pvcRef', 'namespace').text !== namespace || name === undefined) continue;
        if (used !== undefined && all !== undefined && all > 0) shares.set(name, used / all);
      }
    }
  }
  const hidden = answers.find((answer) => answer.kind === 'unseen');
  return shares.size === 0 && hidden?.kind === 'unseen' ? hidden : { kind: 'seen', value: shares };
}
