import { type Grade, grades, type Topic, topics } from '../changes/change.ts';
import { isOthers, type Review, type ReviewedChange } from './review.ts';

/** The verdict as a review begins with it. */
export const verdicts: Readonly<Record<Grade, string>> = {
  refused: 'Refused',
  steps: 'Needs steps',
  restarting: 'Restarts Immich, about a minute',
  routine: 'Routine',
};

/** How many changes are of a grade, the gravest first: `2 are refused`. */
export function gradesAmong(changes: readonly ReviewedChange[], inFront = ''): string[] {
  return grades.flatMap((grade) => {
    const count = changes.filter((change) => weightOf(change) === grade).length;
    return count === 0 ? [] : [`${count} ${inFront}${count === 1 ? forms[grade].one : forms[grade].many}`];
  });
}

const forms: Readonly<Record<Grade, { readonly one: string; readonly many: string }>> = {
  refused: { one: 'is refused', many: 'are refused' },
  steps: { one: 'needs steps', many: 'need steps' },
  restarting: { one: 'restarts', many: 'restart' },
  routine: { one: 'is routine', many: 'are routine' },
};

/** What changes are about, as titles. */
export const titles: Readonly<Record<Topic, string>> = {
  data: 'Data',
  service: 'Service',
  traffic: 'Traffic',
  secrets: 'Secrets',
  other: 'Other',
};

/** The grade that counts: a refused change that is accepted needs steps. */
export function weightOf({ grade, accepted }: ReviewedChange): Grade {
  return accepted === undefined ? grade : 'steps';
}

/** How many changes there are of each grade, in a sentence. */
export function countsOf({ changes, added, stale }: Review): string {
  const news = [
    ...stale.map(
      ({ installation, file }) =>
        `${file} changes and dist does not, so that nothing can be said of ${installation} yet: synth has not run, or refuses.`,
    ),
    ...added.map((name) => (isOthers(name) ? 'Immich is new here.' : `The installation ${name} is new.`)),
  ];
  if (changes.length === 0) {
    return news.length > 0 ? news.join(' ') : 'Nothing changes that has to do with Immich.';
  }
  const counts = gradesAmong(changes);
  const untouched = topics
    .filter((topic) => topic !== 'other' && !changes.some((change) => change.topic === topic))
    .map((topic) => titles[topic].toLowerCase());
  return [
    `${changes.length === 1 ? '1 change' : `${changes.length} changes`}: ${counts.join(', ')}.`,
    ...(untouched.length === 0 ? [] : [`Nothing that is known here happens to ${listWords(untouched)}.`]),
    ...news,
  ].join(' ');
}

/** The name of the installation in front of what is said of it, where there are several. */
export function namedBy({ changes }: Review): (change: ReviewedChange) => string {
  const isOne = new Set(changes.map(({ installation }) => installation)).size <= 1;
  return ({ installation }) => (isOne || isOthers(installation) ? '' : `${installation}: `);
}

/** What is left to do by hand: the steps of all changes that are not refused, each once. */
export function stepsOf(review: Review): string[] {
  const name = namedBy(review);
  return [
    ...review.stale.map(({ file }) => `Run synth, and commit what it writes for ${file}.`),
    ...new Set(
      review.changes
        .filter((change) => weightOf(change) !== 'refused')
        .flatMap((change) => leftOf(change).map((step) => `${name(change)}${step}`)),
    ),
  ];
}

/** The steps of a change, without those that tell how it is avoided where it is meant. */
function leftOf({ accepted, steps }: ReviewedChange): readonly string[] {
  return accepted === undefined ? steps : steps.filter((step) => !/^(Keep|Write|If not,) /.test(step));
}

/** What to write so that a refused change goes through. */
export function acceptanceOf({ id, impossible }: ReviewedChange): {
  readonly entry: string;
  readonly limit: string;
} {
  return {
    entry: `accept: [{ change: ${JSON.stringify(id)}, because: "..." }]`,
    limit: impossible === true ? ', which helps only where no cluster has the object yet' : '',
  };
}

/** Every object that changes, each once, in order. */
export function objectsOf({ changes }: Review): string[] {
  return [...new Set(changes.flatMap(({ objects }) => objects))].sort();
}

function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length <= 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
