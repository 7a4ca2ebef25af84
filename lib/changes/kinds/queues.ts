import type { WorkloadView } from '../../manifests/views/workload.ts';
import { type Comparison, changedWorkloads, type Draft, isRemoved } from '../comparison.ts';
import { isQueue, serversAmong } from '../immich-parts.ts';

/** Immich keeps its jobs in another Valkey, in another database of it, or Valkey keeps them elsewhere. */
export function queues(comparison: Comparison): Draft[] {
  return [...draftMove(comparison), ...draftStorage(comparison)];
}

function draftMove(comparison: Comparison): Draft[] {
  const moved = changedWorkloads(comparison).flatMap(({ pair, before, after }) => {
    const [from, to] = [queueOf(before), queueOf(after)];
    const container = serversAmong(after.containers)[0]?.name ?? '';
    return from === undefined || to === undefined || from.text === to.text
      ? []
      : [{ pair, from, to, container }];
  });
  const [first] = moved;
  if (first === undefined) return [];
  const { from, to, pair } = first;
  const former = comparison.pairs.filter(
    (one) =>
      isRemoved(one) &&
      one.name === from.host &&
      one.namespace === pair.namespace &&
      ['Deployment', 'StatefulSet', 'Service', 'ConfigMap', 'ServiceAccount'].includes(one.kind),
  );
  return [
    {
      grade: 'steps',
      topic: 'service',
      what: 'queue',
      from: from.text,
      to: to.text,
      key: ['valkey'],
      sentence: `Immich keeps its jobs in ${to.text} instead of ${from.text}: jobs that wait there are left behind. No photo is lost by it, but what was uploaded and not yet worked on stays without thumbnails and search.`,
      steps: [
        'Before merging: wait until Administration > Job Queues shows nothing that is active or waiting.',
        ...(/dragonfly/.test(to.text)
          ? ['Start Dragonfly with --default_lua_flags=allow-undeclared-keys, without which no job runs.']
          : []),
        'After merging: run the jobs for what is missing there.',
      ],
      pairs: [...moved.map((one) => one.pair), ...former],
      fields: moved.flatMap(({ container }) =>
        variables.map((name) => `spec.template.spec.containers[${container}].env[${name}]`),
      ),
    },
  ];
}

function draftStorage(comparison: Comparison): Draft[] {
  return changedWorkloads(comparison).flatMap(({ pair, before, after }): Draft[] => {
    const [from, to] = [claimsOf(before), claimsOf(after)];
    const isValkey = after.containers.some(({ image, init }) => !init && isQueue(image.text ?? ''));
    if (!isValkey || from === to) return [];
    return [
      {
        grade: 'restarting',
        topic: 'service',
        what: 'storage',
        from: from || 'memory',
        to: to || 'memory',
        key: ['valkey', 'persistence'],
        sentence: `Valkey keeps its jobs ${to === '' ? 'in memory alone' : `on the claim ${to}`} from now on, and restarts without those that wait: about a minute.${to === '' ? ' They are lost at every restart.' : ''} No photo is lost by it.`,
        steps: [
          'Before merging: wait until Administration > Job Queues shows nothing that is active or waiting.',
        ],
        pairs: [pair],
        fields: ['spec.template.spec.volumes'],
      },
    ];
  });
}

/** The claims that pods mount, by name; empty where they have none. */
function claimsOf({ volumes }: WorkloadView): string {
  return volumes.flatMap(({ claim }) => claim?.text ?? []).join(', ');
}

const variables = [
  'REDIS_HOSTNAME',
  'REDIS_PORT',
  'REDIS_DBINDEX',
  'REDIS_URL',
  'REDIS_USERNAME',
  'REDIS_PASSWORD',
];

/** Where the server finds its jobs; undefined where the manifests do not say it. */
function queueOf({ containers }: WorkloadView): { readonly text: string; readonly host: string } | undefined {
  const [server] = serversAmong(containers);
  const variable = (wanted: string) => server?.environment.find(({ name }) => name === wanted);
  const url = variable('REDIS_URL')?.from;
  if (url !== undefined) {
    return { text: `the server that ${url.kind} ${url.name.text ?? ''} names`, host: '' };
  }
  const host = variable('REDIS_HOSTNAME')?.value;
  if (host === undefined) return undefined;
  const port = variable('REDIS_PORT')?.value ?? '6379';
  const number = variable('REDIS_DBINDEX')?.value ?? '0';
  return { text: `${host}:${port}${number === '0' ? '' : `, database ${number}`}`, host };
}
