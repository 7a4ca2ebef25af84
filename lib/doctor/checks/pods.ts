import { clusterLabel } from '../../cnpg/names.ts';
import { ownLabels } from '../../kubernetes/labels.ts';
import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, liveItems } from '../live.ts';
import { listPath } from '../path.ts';

/** Whether the pods run: their images, their restarts, and what killed them. */
export const pods: Check = {
  id: 'pods',
  title: 'Pods',
  isOfLife: true,
  look: async (subject, cluster) => {
    const { namespace } = subject.plan.installation;
    const path = listPath({ apiVersion: 'v1', resource: 'pods', namespace });
    const deployments = listPath({ apiVersion: 'apps/v1', resource: 'deployments', namespace });
    const [found, makers] = await Promise.all([cluster.get(path), cluster.get(deployments)]);
    const unmade =
      makers.kind === 'seen' ? liveItems(makers.value).flatMap((one) => failureOf(one, subject)) : [];
    return judge(found, `The pods in ${namespace}`, {
      seen: (value) => [
        ...unmade,
        ...sleepOf(liveItems(value), subject),
        ...liveItems(value)
          .filter(isOurs)
          .flatMap((pod) => findingsOf(pod, subject)),
      ],
    });
  },
};

/** A Deployment of ours that gets no pod at all, as by a quota or an admission policy. */
function failureOf(deployment: Field, { kubectl, plan, manifests }: Subject): readonly Finding[] {
  const name = nameOf(deployment);
  const isInDist = manifests.some(
    ({ object }) => object.kind === 'Deployment' && object.metadata?.name === name,
  );
  const failure = conditionOf(deployment, 'ReplicaFailure');
  return isInDist && failure?.at('status').text === 'True'
    ? [
        sayError(
          `Deployment ${name} gets no pod: ${failure.at('message').text ?? 'no reason is given'}`,
          `${kubectl} describe replicasets.apps --namespace ${plan.installation.namespace} --selector app.kubernetes.io/name=${name}`,
        ),
      ]
    : [];
}

/** Whether Immich sleeps where the file says so. */
function sleepOf(pods: readonly Field[], { plan, manifests, cluster, file }: Subject): readonly Finding[] {
  const { stopped, clusters } = plan.installation;
  if (!stopped || cluster !== clusters.app) return [];
  const names = manifests
    .filter(({ object }) => object.kind === 'Deployment')
    .flatMap(({ object }) => object.metadata?.name ?? []);
  const awake = pods.filter((pod) =>
    names.includes(pod.at('metadata', 'labels').labels['app.kubernetes.io/name'] ?? ''),
  );
  return awake.length === 0
    ? [sayWell(`Immich sleeps, as stopped: true in ${file} says.`)]
    : [
        sayWarning(
          `${enumerate(awake.map(nameOf))}: still there, and ${file} says stopped: true. Flux ends them when it has applied that.`,
        ),
      ];
}

function isOurs(pod: Field): boolean {
  const { labels } = pod.at('metadata', 'labels');
  return (
    labels[clusterLabel] !== undefined ||
    Object.entries(ownLabels).every(([label, value]) => labels[label] === value)
  );
}

function findingsOf(pod: Field, subject: Subject): readonly Finding[] {
  const name = nameOf(pod);
  const describe = `${subject.kubectl} describe pod ${name} --namespace ${subject.plan.installation.namespace}`;
  const phase = pod.at('status', 'phase').text;
  // What has ended is told where it belongs: of Jobs and of the drill.
  if (phase === 'Succeeded' || phase === 'Failed') return [];
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.at('status').text === 'False') {
    return [
      sayError(`${name} finds no node: ${scheduled.at('message').text ?? 'no reason is given'}`, describe),
    ];
  }
  const containers = ['initContainerStatuses', 'containerStatuses'].flatMap((list) =>
    pod.at('status', list).items.map((status) => containerFindings(name, status, subject, describe)),
  );
  const told = containers.flat();
  if (told.length > 0) return told;
  const isReady = conditionOf(pod, 'Ready')?.at('status').text === 'True';
  const images = pod.at('spec', 'containers').items.flatMap((container) => container.at('image').text ?? []);
  return isReady
    ? [sayWell(`${name} runs ${images.join(' and ')}.`)]
    : [sayWarning(`${name} is not ready. During a start or a migration that is as it should be.`, describe)];
}

function containerFindings(
  pod: string,
  status: Field,
  { kubectl, plan, file, now }: Subject,
  describe: string,
): readonly Finding[] {
  const container = status.at('name').text ?? '';
  const called = `${pod}, container ${container}`;
  const logs = `${kubectl} logs ${pod} --namespace ${plan.installation.namespace} --container ${container}`;
  const waiting = status.at('state', 'waiting');
  const reason = waiting.at('reason').text ?? '';
  const last = status.at('lastState', 'terminated');
  const restarts = status.at('restartCount').number ?? 0;
  const ended = Date.parse(last.at('finishedAt').text ?? '');
  const isRecent = now - ended < day;
  const because = last.at('reason').text ?? `exit code ${last.at('exitCode').number ?? 'unknown'}`;
  if (last.at('reason').text === 'OOMKilled' && isRecent) {
    return [
      sayError(
        `${called}: killed ${last.at('finishedAt').text} for using more memory than its limit, ${restarts} restarts.`,
        `Raise resources: { limits: { memory: ... } } of this component in ${file}.`,
      ),
    ];
  }
  if (/BackOff$|^Err|^Invalid|Error$/.test(reason)) {
    const message = waiting.at('message').text;
    return [
      sayError(
        `${called}: ${reason}${message === undefined ? '' : `, ${message}`}`,
        reason === 'CrashLoopBackOff' ? `${logs} --previous` : describe,
      ),
    ];
  }
  return isRecent && restarts >= manyRestarts
    ? [
        sayWarning(
          `${called}: ${restarts} restarts, the last ${last.at('finishedAt').text} with ${because}.`,
          `${logs} --previous`,
        ),
      ]
    : [];
}

const day = 24 * 3600 * 1000;

/** A node that restarts, and an update, take one or two. */
const manyRestarts = 3;
