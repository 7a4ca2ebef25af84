import { hostOf } from '../../manifests/views/database-host.ts';
import { type WorkloadView, workload } from '../../manifests/views/workload.ts';
import { type Comparison, changedWorkloads, type Draft, isChanged, type Side } from '../comparison.ts';
import { partOf, serversAmong } from '../immich-parts.ts';
import type { Pair } from '../pairs.ts';

/** Machine learning that is switched off or on, runs elsewhere, or in other pods. */
export function machineLearning(comparison: Comparison): Draft[] {
  const [from, to] = [placeOf(comparison.before), placeOf(comparison.after)];
  if (from === undefined || to === undefined || from.text === to.text) return [];
  const servers = changedWorkloads(comparison).flatMap(({ pair, after }) =>
    serversAmong(after.containers)
      .slice(0, 1)
      .map(({ name }) => ({ pair, ways: waysIn(name) }))
      .filter(({ ways }) => pair.differences.some(({ way }) => ways.some((one) => way.startsWith(one)))),
  );
  const pairs = [...servers.map(({ pair }) => pair), ...passersIn(comparison)];
  if (pairs.length === 0) return [];
  return [
    {
      topic: 'service',
      what: 'machineLearning',
      from: from.text,
      to: to.text,
      key: ['machineLearning'],
      ...effectOf(from, to),
      pairs,
      fields: [...new Set(servers.flatMap(({ ways }) => ways)), 'spec.template.spec.containers'],
    },
  ];
}

/** Where a server has its photos looked at. */
interface Place {
  readonly kind: 'none' | 'here' | 'elsewhere';
  /** The pods here, or the address elsewhere. */
  readonly text: string;
}

function effectOf(from: Place, to: Place): Pick<Draft, 'grade' | 'sentence' | 'steps'> {
  if (to.kind === 'none') {
    return {
      grade: 'steps',
      sentence:
        'Immich does without machine learning from now on: nobody can search by what photos show, and new ones get no faces, no text and no duplicates. What was found before stays in the database.',
      steps: [`When it comes back: ${missing}`],
    };
  }
  if (to.kind === 'elsewhere') {
    const isPlain = to.text.startsWith('http://');
    return {
      grade: 'steps',
      sentence: `Immich has its photos looked at by ${to.text}${tellFormer(from)}: a copy of every photo and every search goes there${isPlain ? ', without encryption' : ''}. As long as nothing answers there, search by content fails and new photos get no faces.`,
      steps: [
        `Before merging: start machine learning there, of the same version as the server; curl ${to.text.replace(/\/$/, '')}/ping must say pong.`,
        from.kind === 'none'
          ? `After merging: ${missing}`
          : 'After merging: search for a word that is in no name of a file.',
      ],
    };
  }
  return {
    grade: from.kind === 'none' ? 'steps' : 'restarting',
    sentence: `Machine learning runs in ${to.text}${tellFormer(from)}: search by content and faces of new photos wait until its pods are ready and have the models, which they download unless they are on their volume.`,
    steps: [`After merging: ${missing}`],
  };
}

const missing =
  'under Administration > Job Queues run "Missing" of Smart Search and of Face Detection, for what came in between.';

function tellFormer({ kind, text }: Place): string {
  return kind === 'none' ? '' : ` instead of ${kind === 'here' ? `pods of its own (${text})` : text}`;
}

const variables = ['IMMICH_MACHINE_LEARNING_ENABLED', 'IMMICH_MACHINE_LEARNING_URL'];

function waysIn(container: string): string[] {
  return variables.map((name) => `spec.template.spec.containers[${container}].env[${name}]`);
}

/** Undefined where there is no server, or where its settings in the web interface may say otherwise. */
function placeOf(side: Side): Place | undefined {
  const server = side.workloads.find(({ containers }) => serversAmong(containers).length > 0);
  if (server === undefined) return undefined;
  const [enabled, url] = variables.map((wanted) =>
    serversAmong(server.containers)
      .flatMap(({ environment }) => environment)
      .find(({ name }) => name === wanted),
  );
  if (enabled?.value === 'false') return { kind: 'none', text: 'none' };
  const learners = side.workloads.filter(isLearning).map(({ name }) => name);
  const isHere = url === undefined ? learners.length > 0 : leadsHere(side, server, url.value ?? '');
  if (isHere && learners.length > 0) return { kind: 'here', text: learners.sort().join(', ') };
  return url?.value === undefined ? undefined : { kind: 'elsewhere', text: url.value };
}

function isLearning({ kind, containers }: WorkloadView): boolean {
  return (
    kind !== 'Job' && containers.some(({ image, init }) => !init && partOf(image.text) === 'machine-learning')
  );
}

/** Whether an address is that of a Service of these manifests. */
function leadsHere(side: Side, { namespace }: WorkloadView, url: string): boolean {
  const host = /^\w+:\/\/([^:/]+)/.exec(url)?.[1] ?? '';
  const service = hostOf(host, namespace);
  return [...side.inventories.values()].some(
    (inventory) => inventory.service(service.namespace, service.name) !== undefined,
  );
}

/** The pods of machine learning that come or go, with what carries their name. */
function passersIn({ pairs }: Comparison): Pair[] {
  const some = pairs.filter((pair) => !isChanged(pair));
  const learners = some.filter(({ before, after }) => {
    const field = after ?? before;
    const view = field && workload(field.manifest);
    return view !== undefined && isLearning(view);
  });
  const named = (pair: Pair) =>
    ['Service', 'ServiceAccount'].includes(pair.kind) &&
    learners.some(({ name, namespace }) => name === pair.name && namespace === pair.namespace);
  return [...learners, ...some.filter(named)];
}
