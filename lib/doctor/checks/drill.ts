import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { rehearsalName } from '../../names.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { ageText } from '../age.ts';
import type { Check } from '../check.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, live, liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';

/** When the restore drill last succeeded, and what the last one said. */
export const drill: Check = {
  id: 'drill',
  title: 'Restore drill',
  isOfLife: true,
  look: async ({ plan, cluster, kubectl, now }, living) => {
    const { drill: planned, installation } = plan;
    if (planned === undefined || cluster !== installation.clusters.database) return [];
    const { name, namespace, drill: timed } = planned;
    const batch = { apiVersion: 'batch/v1', namespace };
    const [cronJob, jobs, pods] = await Promise.all([
      living.get(objectPath({ ...batch, resource: 'cronjobs' }, name)),
      living.get(listPath({ ...batch, resource: 'jobs' })),
      living.get(listPath({ apiVersion: 'v1', resource: 'pods', namespace })),
    ]);
    const ended = jobs.kind === 'seen' ? lastEnded(liveItems(jobs.value)) : undefined;
    const said = ended && pods.kind === 'seen' ? verdictOf(ended, liveItems(pods.value)) : undefined;
    const runNow = `${kubectl} create job drill-by-hand --namespace ${namespace} --from=cronjob/${name}`;
    const findings: Finding[] = [];
    if (ended !== undefined && conditionOf(ended, 'Failed')?.at('status').text === 'True') {
      findings.push(
        sayError(
          `The last drill, ${nameOf(ended)}, has failed: ${said ?? 'its pod is gone, and with it what it said'}`,
          '"Is the backup good?" in RUNBOOK.md says what its code means. Once mended:',
          runNow,
        ),
      );
    }
    const told = judge(cronJob, 'The restore drill', {
      seen: (value) => {
        const object = live(value);
        const last = object.at('status', 'lastSuccessfulTime').text;
        const since = Date.parse(last ?? object.at('metadata', 'creationTimestamp').text ?? '');
        const overdue = (longestGap(timed.schedule) + timed.deadline.seconds) * 1000;
        const due = `one is due ${timed.schedule.words} UTC`;
        if (object.get('spec', 'suspend') === true) return [sayWarning(`The drill is suspended; ${due}.`)];
        if (now - since > overdue) {
          const message =
            last === undefined
              ? 'No drill has succeeded yet'
              : `No drill has succeeded for ${ageText(now - since)}`;
          return [sayError(`${message}; ${due}.`, runNow)];
        }
        if (last === undefined) return [sayWarning(`No drill has run yet; ${due}.`, runNow)];
        const words = findings.length > 0 || said === undefined ? '' : ` It said: ${said}`;
        return [sayWell(`A drill succeeded ${ageText(now - since)} ago, at ${last}.${words}`)];
      },
    });
    const rehearsals = jobs.kind === 'seen' ? liveItems(jobs.value).filter(isEndedRehearsal) : [];
    return [...findings, ...told, ...rehearsals.map((job) => leftBehind(job, namespace, kubectl))];
  },
};

function isEndedRehearsal(job: Field): boolean {
  return nameOf(job) === rehearsalName && hasEnded(job);
}

/** A rehearsal stays until somebody has read it, and with it what it was given to open the backups. */
function leftBehind(job: Field, namespace: string, kubectl: string): Finding {
  const name = nameOf(job);
  return sayWarning(
    `Job ${name} has ended, and is still there with what it made. Read its last line, and delete it.`,
    `${kubectl} logs job/${name} --namespace ${namespace} --tail=1`,
    `${kubectl} delete job ${name} --namespace ${namespace}`,
  );
}

function hasEnded(job: Field): boolean {
  return ['Complete', 'Failed'].some((type) => conditionOf(job, type)?.at('status').text === 'True');
}

/** The drill that ended last. A rehearsal, which has the same namespace, says nothing of the backups that are made. */
function lastEnded(jobs: readonly Field[]): Field | undefined {
  const started = (job: Field) => job.at('status', 'startTime').text ?? '';
  return jobs
    .filter((job) => nameOf(job) !== rehearsalName)
    .filter(hasEnded)
    .sort((one, other) => (started(one) < started(other) ? 1 : -1))[0];
}

/** What the container that reports left as its last words. */
function verdictOf(job: Field, pods: readonly Field[]): string | undefined {
  const own = pods.filter(
    (pod) => pod.at('metadata', 'labels').labels['batch.kubernetes.io/job-name'] === nameOf(job),
  );
  const ends = own.flatMap((pod) =>
    pod
      .at('status', 'containerStatuses')
      .items.filter((status) => status.at('name').text === 'report')
      .map((status) => status.at('state', 'terminated')),
  );
  const [end] = ends.filter((one) => one.exists);
  const code = end?.at('exitCode').number;
  const words = end?.at('message').text?.trim();
  if (words === undefined) return undefined;
  return code === undefined || code === 0 ? words : `code ${code}, ${words}`;
}
