import type { Deadline } from '../../installation/deadline.ts';
import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { fileDrillName, rehearsalName } from '../../names.ts';
import type { Cron } from '../../values/cron.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { ageText } from '../age.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, live, liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';

/** When the restore drill last succeeded, and what the last one said. */
export const drill: Check = {
  id: 'drill',
  title: 'Restore drill',
  isOfLife: true,
  look: async (subject, living) => {
    const { drill: planned } = subject.plan;
    if (planned === undefined) return [];
    const { name, namespace } = planned;
    return lookAtDrill(subject, living, {
      ...{ name, namespace, ...timed(planned.drill) },
      ...{ title: 'The restore drill', noun: 'drill', byHand: 'drill-by-hand', speaker: 'report' },
      // A rehearsal, which has the same namespace, says nothing of the backups that are made.
      isOwn: (job) => nameOf(job) !== rehearsalName && !isOfFiles(job),
      tellsRehearsals: true,
    });
  },
};

/** The same of the drill of files. */
export const fileDrill: Check = {
  id: 'file-drill',
  title: 'Drill of files',
  isOfLife: true,
  look: async (subject, living) => {
    const { fileDrill: planned } = subject.plan;
    if (planned === undefined) return [];
    const { name, namespace } = planned;
    return lookAtDrill(subject, living, {
      ...{ name, namespace, ...timed(planned.files) },
      ...{ title: 'The drill of files', noun: 'drill of files', byHand: 'file-drill-by-hand' },
      ...{ speaker: 'compare', isOwn: isOfFiles, tellsRehearsals: false },
    });
  },
};

/** A drill as it is looked at. */
interface Looked {
  /** Name of the CronJob. */
  readonly name: string;
  readonly namespace: string;
  readonly schedule: Cron;
  readonly deadline: Deadline;
  readonly title: string;
  readonly noun: string;
  /** Name of the Job of one that a person starts. */
  readonly byHand: string;
  /** The container that says how it went. */
  readonly speaker: string;
  /** Whether a Job of the namespace is one of them. */
  readonly isOwn: (job: Field) => boolean;
  /** Whether rehearsals that are over are told with it. */
  readonly tellsRehearsals: boolean;
}

function timed({ schedule, deadline }: Pick<Looked, 'schedule' | 'deadline'>) {
  return { schedule, deadline };
}

function isOfFiles(job: Field): boolean {
  return job.at('spec', 'template', 'metadata', 'labels').labels['app.kubernetes.io/name'] === fileDrillName;
}

async function lookAtDrill(
  { plan, cluster, kubectl, now }: Subject,
  living: LivingCluster,
  looked: Looked,
): Promise<readonly Finding[]> {
  if (cluster !== plan.installation.clusters.database) return [];
  const { name, namespace, title, noun, schedule, deadline } = looked;
  const batch = { apiVersion: 'batch/v1', namespace };
  const [cronJob, jobs, pods] = await Promise.all([
    living.get(objectPath({ ...batch, resource: 'cronjobs' }, name)),
    living.get(listPath({ ...batch, resource: 'jobs' })),
    living.get(listPath({ apiVersion: 'v1', resource: 'pods', namespace })),
  ]);
  const ended = jobs.kind === 'seen' ? lastEnded(liveItems(jobs.value).filter(looked.isOwn)) : undefined;
  const said =
    ended && pods.kind === 'seen' ? verdictOf(ended, liveItems(pods.value), looked.speaker) : undefined;
  const runNow = `${kubectl} create job ${looked.byHand} --namespace ${namespace} --from=cronjob/${name}`;
  const findings: Finding[] = [];
  if (ended !== undefined && conditionOf(ended, 'Failed')?.at('status').text === 'True') {
    findings.push(
      sayError(
        `The last ${noun}, ${nameOf(ended)}, has failed: ${said ?? 'its pod is gone, and with it what it said'}`,
        '"Is the backup good?" in RUNBOOK.md says what its code means. Once mended:',
        runNow,
      ),
    );
  }
  const told = judge(cronJob, title, {
    seen: (value) => {
      const object = live(value);
      const last = object.at('status', 'lastSuccessfulTime').text;
      const since = Date.parse(last ?? object.at('metadata', 'creationTimestamp').text ?? '');
      const overdue = (longestGap(schedule) + deadline.seconds) * 1000;
      const due = `one is due ${schedule.words} UTC`;
      if (object.get('spec', 'suspend') === true) return [sayWarning(`The ${noun} is suspended; ${due}.`)];
      if (now - since > overdue) {
        const message =
          last === undefined
            ? `No ${noun} has succeeded yet`
            : `No ${noun} has succeeded for ${ageText(now - since)}`;
        return [sayError(`${message}; ${due}.`, runNow)];
      }
      if (last === undefined) return [sayWarning(`No ${noun} has run yet; ${due}.`, runNow)];
      const words = findings.length > 0 || said === undefined ? '' : ` It said: ${said}`;
      return [sayWell(`A ${noun} succeeded ${ageText(now - since)} ago, at ${last}.${words}`)];
    },
  });
  const rehearsals =
    looked.tellsRehearsals && jobs.kind === 'seen' ? liveItems(jobs.value).filter(isEndedRehearsal) : [];
  return [...findings, ...told, ...rehearsals.map((job) => leftBehind(job, namespace, kubectl))];
}

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

/** The one that ended last. */
function lastEnded(jobs: readonly Field[]): Field | undefined {
  const started = (job: Field) => job.at('status', 'startTime').text ?? '';
  return jobs.filter(hasEnded).sort((one, other) => (started(one) < started(other) ? 1 : -1))[0];
}

/** What the container that speaks left as its last words. */
function verdictOf(job: Field, pods: readonly Field[], speaker: string): string | undefined {
  const own = pods.filter(
    (pod) => pod.at('metadata', 'labels').labels['batch.kubernetes.io/job-name'] === nameOf(job),
  );
  const ends = own.flatMap((pod) =>
    pod
      .at('status', 'containerStatuses')
      .items.filter((status) => status.at('name').text === speaker)
      .map((status) => status.at('state', 'terminated')),
  );
  const [end] = ends.filter((one) => one.exists);
  const code = end?.at('exitCode').number;
  const words = end?.at('message').text?.trim();
  if (words === undefined) return undefined;
  return code === undefined || code === 0 ? words : `code ${code}, ${words}`;
}
