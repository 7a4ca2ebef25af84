import { type ChangedWorkload, type Comparison, changedWorkloads, type Draft } from '../comparison.ts';
import { serversAmong } from '../immich-parts.ts';

/** Immich is put to sleep, or wakes up: its server has no pods any more, or has some again. */
export function sleep(comparison: Comparison): Draft[] {
  const workloads = changedWorkloads(comparison);
  return [
    ...tellSleep(workloads.filter(stops), {
      what: 'stop',
      from: 'false',
      to: 'true',
      sentence:
        'Immich stops and stays so: nobody reaches it, and none of its jobs run. The database, the volumes and their backups stay as they are.',
    }),
    ...tellSleep(workloads.filter(starts), {
      what: 'start',
      from: 'true',
      to: 'false',
      sentence:
        'Immich starts again, which takes about a minute; where its version is a newer one than before, it migrates the database first.',
    }),
  ];
}

/** Only where the server is among them: other pods come and go without anybody being locked out. */
function tellSleep(
  workloads: readonly ChangedWorkload[],
  draft: Pick<Draft, 'what' | 'from' | 'to' | 'sentence'>,
): Draft[] {
  const servers = workloads.filter(({ after }) => serversAmong(after.containers).length > 0);
  if (servers.length === 0) return [];
  const others = workloads.filter((workload) => !servers.includes(workload));
  return [
    {
      ...draft,
      grade: 'restarting',
      topic: 'service',
      key: ['stopped'],
      pairs: [...servers, ...others].map(({ pair }) => pair),
      fields: ['spec.replicas'],
    },
  ];
}

function stops({ before, after }: ChangedWorkload): boolean {
  return (before.replicas ?? 1) > 0 && after.replicas === 0;
}

function starts({ before, after }: ChangedWorkload): boolean {
  return before.replicas === 0 && (after.replicas ?? 1) > 0;
}
