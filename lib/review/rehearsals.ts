import { type Standing, standingOf } from '../changes/standing.ts';
import { type Shown, show } from '../text/shown.ts';
import { isOther, type RehearsalVerdict, rehearsedText } from '../values/rehearsal.ts';
import type { OwnDist } from './own-dist.ts';

/** What the rehearsal of a change ended with, and whether it was the rehearsal of this change. */
export interface Rehearsal {
  readonly installation: string;
  /** `refused`: it is of something else, so that it says nothing of this change. */
  readonly ending: 'passed' | 'failed' | 'refused';
  readonly seconds: number;
  /** The verdict as it was said, or why it is refused. */
  readonly sentence: Shown;
}

/** Holds verdicts against the images that stand before and after a change. */
export function rehearsalsOf(dists: readonly OwnDist[], verdicts: readonly RehearsalVerdict[]): Rehearsal[] {
  return verdicts.map((verdict) => {
    const { installation, seconds, hasPassed, line } = verdict;
    const reason = reasonAgainst(verdict, dists);
    return reason === undefined
      ? { installation, seconds, ending: hasPassed ? 'passed' : 'failed', sentence: show(line) }
      : { installation, seconds, ending: 'refused', sentence: show(reason) };
  });
}

/** Why a verdict is not one of this change. */
function reasonAgainst(
  { installation, rehearsed }: RehearsalVerdict,
  dists: readonly OwnDist[],
): string | undefined {
  const found = dists.flatMap(({ before, after }) => {
    const [earlier, later] = [before.get(installation), after.get(installation)];
    return earlier === undefined || later === undefined
      ? []
      : [changeOf(standingOf(earlier), standingOf(later))];
  });
  const [change] = found;
  if (change === undefined) {
    return `The rehearsal is of ${installation}, of which nothing changes here. Give the result of a rehearsal of this change.`;
  }
  if (!isOther(change.database) && !isOther(change.server)) {
    return `The rehearsal is of ${installation}, whose database and server stay as they are here. Leave --rehearsal out.`;
  }
  const here = rehearsedText(change);
  return here === rehearsed
    ? undefined
    : `The rehearsal of ${installation} was of another change: of ${rehearsed}. This one is of ${here}. Rehearse it anew.`;
}

function changeOf(earlier: Standing, later: Standing) {
  const images = ({ database, images }: Standing) => ({
    database: database?.image ?? 'none',
    server: images.server ?? 'none',
  });
  const [before, after] = [images(earlier), images(later)];
  return {
    database: { before: before.database, after: after.database },
    server: { before: before.server, after: after.server },
  };
}
