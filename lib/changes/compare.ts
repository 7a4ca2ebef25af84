import { pathText } from '../text/quoting.ts';
import { withoutSecrets } from '../text/secret-part.ts';
import { show } from '../text/shown.ts';
import { type Change, inOrder } from './change.ts';
import { type Comparison, type Draft, Side } from './comparison.ts';
import { delivererOf, inWordsOf } from './deliverer.ts';
import { installationGone, installationRenamed } from './kinds/installations.ts';
import { kinds } from './kinds.ts';
import { objectName, type Pair, pairsOf, type Renames } from './pairs.ts';
import { draftRemaining } from './remaining.ts';
import { renamesOf } from './renames.ts';
import type { State } from './state.ts';

/**
 * What happens when the installations of one tree of manifests become those of another, the gravest first. An
 * installation that was not there is new, and changes nothing.
 */
export function changesBetween(
  before: ReadonlyMap<string, State>,
  after: ReadonlyMap<string, State>,
): Change[] {
  const added = [...after].filter(([name]) => !before.has(name));
  const changes = [...before].flatMap(([name, state]): Change[] => {
    const now = after.get(name);
    if (now !== undefined) return changesOf(name, state, now);
    const renamed = added.find(([, { source }]) => source !== undefined && source === state.source);
    if (renamed === undefined) return [placeChange(name, state, installationGone(name, state))];
    const [other, later] = renamed;
    return [
      placeChange(other, later, installationRenamed(name, other, later)),
      ...changesOf(other, state, later, name),
    ];
  });
  return inOrder(changes);
}

/** What happens when one state of an installation becomes another, the gravest first. */
export function changesOf(installation: string, before: State, after: State, formerName?: string): Change[] {
  const installations = new Map(formerName === undefined ? [] : [[formerName, installation]]);
  const renames = renamesOf(before, after, installations);
  const comparison: Comparison = {
    installation,
    formerName,
    before: new Side(before),
    after: new Side(after),
    renames,
    pairs: pairsOf(before, after, renames),
  };
  if (comparison.pairs.length === 0 && isWithoutNames(renames)) return [];
  const drafts: Draft[] = [];
  const done = new Set<Pair>();
  for (const kind of kinds) {
    const found = kind({ ...comparison, pairs: comparison.pairs.filter((pair) => !done.has(pair)) });
    for (const pair of found.flatMap(({ alone }) => alone ?? [])) done.add(pair);
    drafts.push(...found);
  }
  const pairs = comparison.pairs.filter((pair) => !done.has(pair));
  drafts.push(...draftRemaining({ ...comparison, pairs }, drafts));
  const deliverer = delivererOf(after);
  return inOrder(
    unique(drafts.map((draft) => placeChange(installation, after, inWordsOf(deliverer, draft)))),
  );
}

function isWithoutNames({ clusters, namespaces }: Renames): boolean {
  return clusters.size + namespaces.size === 0;
}

function placeChange(installation: string, { source }: State, draft: Draft): Change {
  const {
    what,
    from,
    to,
    pairs,
    fields,
    key,
    grade,
    topic,
    sentence,
    steps = [],
    impossible,
    was,
    becomes,
  } = draft;
  const [first] = pairs;
  const shown = first?.after ?? first?.before;
  const way = fields?.[0];
  const isOurs = source !== undefined;
  const subject =
    key !== undefined && isOurs ? pathText(key) : first === undefined ? 'installation' : subjectOf(first);
  const arrow = from === undefined ? (to === undefined ? '' : `:${to}`) : `:${from}->${to ?? ''}`;
  return {
    id: withoutSecrets(`${installation}:${subject}:${what}${arrow}`),
    installation,
    grade,
    topic,
    from,
    to,
    ...(was === undefined ? {} : { was }),
    ...(becomes === undefined ? {} : { becomes }),
    ...(impossible === true ? { impossible } : {}),
    objects: pairs.map(objectName),
    sentence: show(sentence),
    steps: steps.map(show),
    file: shown?.manifest.file ?? installation,
    path: first?.differences.find((one) => one.way === way || one.way.startsWith(`${way}.`))?.path ?? [],
    key: isOurs ? key : undefined,
  };
}

function subjectOf({ kind, name }: Pair): string {
  return `${kind}/${name}`;
}

/**
 * One of each: what two kinds tell of the same object by one id is told once, by the first. Objects of one name in two
 * places get ids of their own by their files.
 */
function unique(changes: readonly Change[]): Change[] {
  const found = new Map<string, Change>();
  for (const change of changes) {
    const known = found.get(change.id);
    if (known === undefined) found.set(change.id, change);
    else if (known.file !== change.file) {
      const id = `${change.id} in ${change.file}`;
      if (!found.has(id)) found.set(id, { ...change, id });
    }
  }
  return [...found.values()];
}
