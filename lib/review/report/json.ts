import { pathText } from '../../text/quoting.ts';
import { type Shown, showJson } from '../../text/shown.ts';
import type { Review } from '../review.ts';

/** A review for programs, as `schema/review-report.json` describes it. */
export function jsonReview({ verdict, changes, added, stale, unmatched, rehearsals }: Review): Shown {
  const report = {
    version: 1,
    verdict,
    changes: changes.map(({ id, installation, grade, topic, impossible, accepted, ...change }) => ({
      id,
      installation,
      grade,
      topic,
      impossible: impossible === true,
      accepted: accepted ?? null,
      sentence: change.sentence,
      steps: change.steps,
      objects: change.objects,
      file: change.place.file,
      line: change.place.line,
      column: change.place.column,
      key: change.key === undefined ? null : pathText(change.key),
    })),
    added,
    stale: stale.map(({ installation, file }) => ({ installation, file })),
    unmatched: unmatched.map(({ change, because, file, line }) => ({ change, because, file, line })),
    rehearsals: rehearsals.map(({ installation, ending, seconds, sentence }) => ({
      installation,
      ending,
      seconds,
      sentence,
    })),
  };
  return showJson(report);
}
