import { show } from '../text/shown.ts';
import type { Finding } from './finding.ts';

/** A finding, and whether its object is a part of Immich, its database or its namespace. */
export interface Candidate {
  readonly finding: Finding;
  readonly isImmichs: boolean;
}

/**
 * Findings without the repetitions of one defect: a value in a config map, a component or an anchor may be wrong for
 * many objects, and is mended once. Immich's object is the one that is named, and the message says how many others
 * there are.
 */
export function withoutRepetitions(candidates: readonly Candidate[]): Finding[] {
  const places = new Map<string, Candidate[]>();
  const found: Finding[] = [];
  for (const candidate of candidates) {
    const { rule, file, line, column } = candidate.finding;
    if (line === undefined) {
      found.push(candidate.finding);
    } else {
      const place = [rule, file, line, column].join('\n');
      const here = places.get(place);
      if (here === undefined) {
        places.set(place, [candidate]);
      } else {
        here.push(candidate);
      }
    }
  }
  return [...found, ...[...places.values()].flatMap(ofOnePlace)];
}

/** What is said of the object that is named; one object may have several things wrong at one place. */
function ofOnePlace(candidates: readonly Candidate[]): Finding[] {
  const named = (candidates.find(({ isImmichs }) => isImmichs) ?? candidates[0])?.finding.object;
  const others = new Set(
    candidates
      .map(({ finding }) => idOf(finding))
      .filter((id) => named !== undefined && id !== idOf({ object: named })),
  );
  const told = new Set<string>();
  return candidates.flatMap(({ finding }) => {
    if (named === undefined || idOf(finding) !== idOf({ object: named }) || isTold(finding)) {
      return [];
    }
    return [
      others.size === 0
        ? finding
        : { ...finding, message: show(`${finding.message} ${tellReach(others.size)}`) },
    ];
  });

  /** The same sentence, or the same mend of the same value because two parts read it. */
  function isTold({ message, fix, path }: Finding): boolean {
    const ids = [message, `${path.join('\n')}\n${fix}`];
    const isKnown = ids.some((id) => told.has(id));
    for (const id of ids) told.add(id);
    return isKnown;
  }
}

function tellReach(count: number): string {
  return `The same text reaches ${count} other object${count === 1 ? '' : 's'}.`;
}

function idOf({ object: { kind, namespace = '', name = '' } }: Pick<Finding, 'object'>): string {
  return `${kind}/${namespace}/${name}`;
}
