import { clusterLabel } from '../../cnpg/names.ts';
import { ownLabels } from '../../kubernetes/labels.ts';
import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
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
    return judge(await cluster.get(path), `The pods in ${namespace}`, {
      seen: (value) =>
        liveItems(value)
          .filter(isOurs)
          .flatMap((pod) => findingsOf(pod, subject)),
    });
  },
};

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
