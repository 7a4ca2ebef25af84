import { clusterLabel } from '../../cnpg/names.ts';
import { ownLabels } from '../../kubernetes/labels.ts';
import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { live, liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';

/** Whether the namespaces are there or can be made, and who lives in them besides. */
export const namespaces: Check = {
  id: 'namespaces',
  title: 'Namespaces',
  isOfLife: false,
  look: async (subject, cluster) => {
    const used = new Set(subject.manifests.flatMap(({ object }) => object.metadata?.namespace ?? []));
    const made = new Set(
      subject.manifests
        .filter(({ object }) => object.kind === 'Namespace')
        .map(({ object }) => object.metadata?.name ?? ''),
    );
    const looked = [...used].map((name) => lookAt(name, made.has(name), subject, cluster));
    return (await Promise.all(looked)).flat();
  },
};

async function lookAt(
  name: string,
  isMade: boolean,
  subject: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const answer = await cluster.get(objectPath({ apiVersion: 'v1', resource: 'namespaces' }, name));
  if (answer.kind === 'absent') {
    return isMade
      ? [sayWell(`The namespace ${name} is not there yet; Flux makes it.`)]
      : [
          sayError(
            `There is no namespace ${name}, and dist makes none.`,
            `${subject.kubectl} create namespace ${name}`,
          ),
        ];
  }
  return judge(answer, `The namespace ${name}`, {
    seen: (value) =>
      live(value).at('status', 'phase').text === 'Terminating'
        ? [
            sayError(
              `The namespace ${name} is being deleted.`,
              `${subject.kubectl} get namespace ${name} --output jsonpath='{.status.conditions}'`,
            ),
          ]
        : [],
  }).concat(isMade ? await othersIn(name, subject, cluster) : []);
}

/** Pods that are neither ours nor of an operator that works for us, in a namespace that is meant to be ours alone. */
async function othersIn(
  namespace: string,
  { plan, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { network } = plan.installation;
  const path = listPath({ apiVersion: 'v1', resource: 'pods', namespace });
  return judge(await cluster.get(path), `The pods in ${namespace}`, {
    seen: (value) => {
      const others = liveItems(value)
        .filter((pod) => !isOurs(pod))
        .map(nameOf);
      if (others.length === 0) return [sayWell(`The namespace ${namespace} has nobody else in it.`)];
      return [
        sayWarning(
          `Others live in the namespace ${namespace}: ${enumerate(others.slice(0, 5))}${others.length > 5 ? ` and ${others.length - 5} more` : ''}.${network.policies ? ' The policies of dist cut them off.' : ''}`,
          `Move them, or write sharedNamespace: true into ${file}.`,
        ),
      ];
    },
  });
}

function isOurs(pod: Field): boolean {
  const { labels } = pod.at('metadata', 'labels');
  return (
    Object.entries(ownLabels).every(([label, value]) => labels[label] === value) ||
    labels[clusterLabel] !== undefined ||
    // VolSync's movers, and what answers the challenges of certificates.
    labels['app.kubernetes.io/created-by'] === 'volsync' ||
    labels['acme.cert-manager.io/http01-solver'] !== undefined
  );
}
