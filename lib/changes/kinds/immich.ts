import { type Part, versionOf } from '../../manifests/views/immich.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import { type Comparison, changedWorkloads, type Draft, type Side } from '../comparison.ts';
import { partOf } from '../immich-parts.ts';
import type { Pair } from '../pairs.ts';
import { downgrade, upgrade } from './immich-steps.ts';

/** Another version of Immich: its server, or machine learning, or both. */
export function immichVersions(comparison: Comparison): Draft[] {
  const moves = movesOf(comparison);
  const servers = moves.filter(({ part }) => part === 'server');
  const [first] = servers.length > 0 ? servers : moves;
  return first === undefined ? [] : [...versions(moves, first), ...apart(comparison, moves)];
}

function versions(moves: readonly Move[], { part, from, to, images }: Move): Draft[] {
  const key = ['version'];
  const known = {
    topic: 'service',
    key,
    pairs: moves.map(({ pair }) => pair),
    fields: [...new Set(moves.map(({ way }) => way))],
    from: from?.text ?? 'unknown',
    to: to?.text ?? 'unknown',
  } as const;
  if (from === undefined || to === undefined) {
    return [
      {
        ...known,
        grade: 'steps',
        what: 'image',
        sentence: `The image of Immich's ${part === 'server' ? 'server' : 'machine learning'} changes, and its tag does not tell a version: what it does to the database is not known here.`,
        steps: ['Name one release in the tag, such as v3.3.1.'],
      },
    ];
  }
  const order = compareVersions(to, from);
  if (order === 0) {
    return [
      {
        ...known,
        grade: 'restarting',
        what: 'image',
        key: [part === 'server' ? 'server' : 'machineLearning', 'image'],
        from: images.before,
        to: images.after,
        was: images.before,
        sentence: `${part === 'server' ? 'Immich' : 'Machine learning'} ${to.text} comes from another image of the same version, and restarts: about a minute.`,
      },
    ];
  }
  if (part === 'machine-learning') {
    return [
      {
        ...known,
        grade: 'restarting',
        what: order < 0 ? 'downgrade' : 'upgrade',
        sentence: `Machine learning goes from ${from.text} to ${to.text} and restarts: searches by content and new faces wait about a minute.`,
      },
    ];
  }
  return [{ ...known, ...(order < 0 ? downgrade(from, to) : upgrade(from, to)) }];
}

/** Server and machine learning speak one protocol, which is only kept within a release. */
function apart(comparison: Comparison, moves: readonly Move[]): Draft[] {
  const now = differentIn(comparison.after);
  if (now === undefined) return together(comparison, moves);
  const [one, other] = now;
  const isMajor = one.major !== other.major;
  return [
    {
      grade: isMajor ? 'refused' : 'steps',
      topic: 'service',
      what: 'apart',
      from: one.text,
      to: other.text,
      key: ['machineLearning', 'image'],
      sentence: `The server is ${one.text} and machine learning ${other.text}: Immich supports only the same version of both, and jobs of search and faces may fail.`,
      steps: [`Give both the version ${one.text}.`],
      pairs: moves.map(({ pair }) => pair),
      fields: moves.map(({ way }) => way),
    },
  ];
}

/** That they were apart and are no longer is worth a word: jobs that failed may be run again. */
function together({ before }: Comparison, moves: readonly Move[]): Draft[] {
  const earlier = differentIn(before);
  if (earlier === undefined) return [];
  const [one, other] = earlier;
  return [
    {
      grade: 'routine',
      topic: 'service',
      what: 'together',
      from: `${one.text}/${other.text}`,
      to: moves[0]?.to?.text,
      sentence: `The server was ${one.text} and machine learning ${other.text}; from now on both are the same version.`,
      pairs: moves.map(({ pair }) => pair),
      fields: moves.map(({ way }) => way),
    },
  ];
}

/** The versions of server and machine learning where they are not the same. */
function differentIn(side: Side): readonly [server: Version, learning: Version] | undefined {
  const [one] = versionsIn(side, 'server');
  if (one === undefined) return undefined;
  const other = versionsIn(side, 'machine-learning').find((version) => compareVersions(version, one) !== 0);
  return other === undefined ? undefined : [one, other];
}

/** One container of Immich with two images. */
interface Move {
  readonly part: Part;
  readonly pair: Pair;
  readonly way: string;
  /** Undefined where the tag does not say it. */
  readonly from: Version | undefined;
  readonly to: Version | undefined;
  /** The whole of them. */
  readonly images: { readonly before: string; readonly after: string };
}

function movesOf(comparison: Comparison): Move[] {
  return changedWorkloads(comparison).flatMap(({ pair, before, after }) =>
    after.containers.flatMap((container): Move[] => {
      const [image, earlier] = [
        container.image.text ?? '',
        before.containers.find(({ name }) => name === container.name)?.image.text ?? '',
      ];
      const part = partOf(image);
      if (part === undefined || earlier === '' || image === earlier) return [];
      const list = container.init ? 'initContainers' : 'containers';
      const way = `spec.template.spec.${list}[${container.name}].image`;
      return [
        {
          part,
          pair,
          way,
          from: versionOf(earlier),
          to: versionOf(image),
          images: { before: earlier, after: image },
        },
      ];
    }),
  );
}

function versionsIn(side: Side, part: Part): Version[] {
  return side.workloads
    .flatMap(({ containers }) => containers)
    .flatMap(({ image }) => (partOf(image.text) === part ? (versionOf(image.text ?? '') ?? []) : []));
}
