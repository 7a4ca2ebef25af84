import type { WorkloadView } from '../../manifests/views/workload.ts';
import { type Comparison, changedWorkloads, type Draft } from '../comparison.ts';
import { serversAmong } from '../immich-parts.ts';
import type { Pair } from '../pairs.ts';

/** Background jobs that move into pods of their own, or back. https://docs.immich.app/administration/jobs-workers */
export function workers(comparison: Comparison): Draft[] {
  return changedWorkloads(comparison).flatMap(({ pair, before, after }): Draft[] => {
    const [from, to] = [workersOf(before), workersOf(after)];
    if (from === undefined || to === undefined || from.text === to.text) return [];
    const beside = comparison.pairs.filter((one) => isWorker(one, pair));
    const where = beside.flatMap(({ after: now, name }) => (now === undefined ? [] : name)).join(', ');
    return [
      {
        grade: 'restarting',
        topic: 'service',
        what: 'workers',
        from: from.text,
        to: to.text,
        key: ['server', 'microservices'],
        sentence: to.hasJobs
          ? `The server runs the background jobs itself${from.hasJobs ? ', among others' : ' from now on'}, and restarts, which takes about a minute. Jobs wait in Valkey meanwhile, and none is lost.`
          : `The server no longer runs background jobs${where === '' ? ': where no other pod does, no photo gets a thumbnail' : `, which ${where} does from now on`}. It restarts, which takes about a minute; jobs wait in Valkey meanwhile, and none is lost.`,
        steps: ['After merging: Administration > Job Queues must become shorter.'],
        pairs: [pair, ...beside],
        fields: [...variables.map((name) => `spec.template.spec.containers[${to.container}].env[${name}]`)],
      },
    ];
  });
}

const variables = ['IMMICH_WORKERS_INCLUDE', 'IMMICH_WORKERS_EXCLUDE'];

function workersOf({ containers }: WorkloadView) {
  const [server] = serversAmong(containers);
  if (server === undefined) return undefined;
  const [included, excluded] = variables.map(
    (wanted) => server.environment.find(({ name }) => name === wanted)?.value ?? '',
  );
  return {
    container: server.name,
    hasJobs:
      (included === '' || included?.includes('microservices') === true) && excluded !== 'microservices',
    text: included || (excluded === '' ? 'all' : `all but ${excluded}`),
  };
}

/** A Deployment that comes or goes beside the server and is Immich's too. */
function isWorker({ kind, namespace, before, after }: Pair, server: Pair): boolean {
  const only = before === undefined ? after : after === undefined ? before : undefined;
  const containers = only?.at('spec', 'template', 'spec', 'containers').items ?? [];
  return (
    kind === 'Deployment' &&
    namespace === server.namespace &&
    containers.some((one) => /\bimmich-server\b/.test(one.at('image').text ?? ''))
  );
}
