import { parseQuantity } from '../values/quantity.ts';
import { type Comparison, type Draft, isAdded, isChanged, isRemoved } from './comparison.ts';
import type { Difference } from './difference.ts';
import { effects } from './effects.ts';
import { harmlessToAdd, harmlessToRemove } from './harmless.ts';
import { isPruneProtected } from './kinds/protection.ts';
import { objectName, type Pair } from './pairs.ts';

/** Everything that no kind of change has spoken of: a draft for each object and grade. */
export function draftRemaining(comparison: Comparison, drafts: readonly Draft[]): Draft[] {
  const { pairs, renames, after, formerName } = comparison;
  const isOurs = after.state.source !== undefined;
  const isMoved = renames.clusters.size > 0 || formerName !== undefined;
  const spokenOf = new Map<Pair, (readonly string[] | undefined)[]>();
  for (const { pairs, fields } of drafts) {
    // A draft that names no field of an object only says where it is seen.
    if (fields?.every((way) => way === '')) continue;
    for (const pair of pairs) spokenOf.set(pair, [...(spokenOf.get(pair) ?? []), fields]);
  }
  return pairs.flatMap((pair) => {
    const said = spokenOf.get(pair) ?? [];
    if (said.includes(undefined)) return [];
    if (isOurs && pair.kind === 'Kustomization' && (isMoved || !isChanged(pair))) {
      return layers(pair, isMoved);
    }
    if (isAdded(pair)) return said.length > 0 ? [] : [draftAddition(pair)];
    if (isRemoved(pair)) return said.length > 0 ? [] : [draftRemoval(pair)];
    const ways = said.flatMap((fields) => fields ?? []);
    const left = pair.differences.filter(
      (one) => !ways.some((way) => isWithin(one.way, way)) && !isRename(one, renames.namespaces),
    );
    return byEffect(pair, left);
  });
}

/** What our own Kustomizations apply is told object by object, and so are names that they follow. */
function layers(pair: Pair, isMoved: boolean): Draft[] {
  if (isMoved) return [];
  return [
    {
      grade: 'routine',
      topic: 'other',
      what: isAdded(pair) ? 'add' : 'remove',
      sentence: `${objectName(pair)}, one of our layers, ${isAdded(pair) ? 'is new' : 'is gone'}.`,
      pairs: [pair],
    },
  ];
}

function isWithin(way: string, outer: string): boolean {
  return way === outer || way.startsWith(`${outer}.`) || way.startsWith(`${outer}[`);
}

/** Whether a text differs only by a namespace that has another name. */
function isRename({ before, after }: Difference, namespaces: ReadonlyMap<string, string>): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return false;
  return [...namespaces].some(([from, to]) => {
    const parts = before.split(from).map(escapePattern);
    return (
      parts.length > 1 &&
      new RegExp(`^${parts.join(`(?:${escapePattern(from)}|${escapePattern(to)})`)}$`).test(after)
    );
  });
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function draftAddition(pair: Pair): Draft {
  const isHarmless = harmlessToAdd.has(pair.kind);
  const makesPods = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(pair.kind);
  return {
    grade: isHarmless || makesPods ? 'routine' : 'steps',
    topic: makesPods ? 'service' : 'other',
    what: 'add',
    sentence:
      isHarmless || makesPods
        ? `${objectName(pair)} is new.`
        : `${objectName(pair)} is new. What it does is not known here.`,
    steps: isHarmless || makesPods ? [] : ['Read the new file.'],
    pairs: [pair],
  };
}

function draftRemoval(pair: Pair): Draft {
  const isKept = pair.before !== undefined && isPruneProtected(pair.before);
  if (pair.kind === 'Namespace' && !isKept) {
    return {
      grade: 'refused',
      topic: 'data',
      what: 'remove',
      sentence: `${objectName(pair)} is gone from dist, and Flux removes it with everything in it, whatever protects that.`,
      steps: [
        'Keep it, or give it the annotation kustomize.toolkit.fluxcd.io/prune: disabled one commit before.',
      ],
      pairs: [pair],
    };
  }
  const isDashboard = pair.before?.at('data', 'immich-dashboard.json').exists === true;
  const isHarmless = isDashboard || harmlessToRemove.has(pair.kind);
  return {
    grade: isHarmless ? 'routine' : 'steps',
    topic: ['Deployment', 'StatefulSet', 'Service'].includes(pair.kind) ? 'service' : 'other',
    what: 'remove',
    sentence: isKept
      ? `${objectName(pair)} is gone from dist. Flux leaves it in the cluster, and it stays as it is.`
      : `${objectName(pair)} is gone from dist, and Flux removes it.`,
    steps: isHarmless
      ? []
      : [
          isKept
            ? 'Remove it by hand when nothing needs it any more.'
            : 'Make sure that nothing needs it any more.',
        ],
    pairs: [pair],
  };
}

/** Fields of one object that do the same are told together. */
function byEffect(pair: Pair, left: readonly Difference[]): Draft[] {
  const groups = new Map<
    string,
    { draft: Omit<Draft, 'sentence' | 'what' | 'pairs'>; effect: string; found: Difference[] }
  >();
  for (const one of left) {
    const { effect, grade, topic } = effectOf(pair, one);
    const group = groups.get(effect) ?? { draft: { grade, topic }, effect, found: [] };
    group.found.push(one);
    groups.set(effect, group);
  }
  return [...groups.values()].map(({ draft, effect, found }) => ({
    ...draft,
    what: 'fields',
    from: undefined,
    to: nameObjects(found),
    sentence: `${objectName(pair)}: ${nameObjects(found)} changed: ${effect}.`,
    steps: draft.grade === 'steps' ? ['Read the diff of the file.'] : [],
    pairs: [pair],
    fields: found.map(({ way }) => way),
  }));
}

function effectOf(
  { kind }: Pair,
  { way, before, after }: Difference,
): Pick<Draft, 'grade' | 'topic'> & { readonly effect: string } {
  if (isAmount.test(way) && isSameAmount(before, after)) {
    return { grade: 'routine', topic: 'other', effect: 'it is the same amount in other words' };
  }
  const known = effects.find(
    ({ kinds, ways }) => kinds.includes(kind) && ways.some((one) => way.startsWith(one)),
  );
  if (known !== undefined) return known;
  return /^metadata\.(labels|annotations)/.test(way)
    ? { grade: 'routine', topic: 'other', effect: 'nothing that is known here reads it' }
    : { grade: 'steps', topic: 'other', effect: 'what this does is not known here' };
}

const isAmount = /(^|\.)(resources|capacity|storage|walStorage|sizeLimit)(\.|$)/;

/** Whether two amounts are the same, as 1Gi and 1024Mi. */
function isSameAmount(before: Difference['before'], after: Difference['after']): boolean {
  const [one, other] = [before, after].map((value) =>
    typeof value === 'string' || typeof value === 'number' ? parseQuantity(String(value)) : undefined,
  );
  return one?.ok === true && other?.ok === true && one.value.amount === other.value.amount;
}

/** The fields by their ways, the first few; values are not shown, since any of them may be a secret. */
function nameObjects(found: readonly Difference[]): string {
  const most = 4;
  const ways = [
    ...new Set(
      found.map(({ way }) =>
        way
          .replace(/^spec\.template\.spec\./, '')
          .replace(/^spec\.(template\.)/, '$1')
          .replace(/^(?:initC|c)ontainers\[[^\]]+\]\.env\[([^\]]+)\].*$/, '$1')
          .replace(/\[\d+\].*$/, ''),
      ),
    ),
  ];
  return ways.length <= most
    ? ways.join(', ')
    : `${ways.slice(0, most).join(', ')} and ${ways.length - most} more`;
}
