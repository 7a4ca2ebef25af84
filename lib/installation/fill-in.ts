import type { Problem } from '../schema/place.ts';
import type { Path } from '../text/path.ts';
import { quote } from '../text/quoting.ts';

/** The mark of a value that a person must write: `<fill in: your S3 bucket>`. */
export function fillIn(what: string): string {
  return `<fill in: ${what}>`;
}

/** An error for every value that is still such a mark. */
export function findPlaceholders(data: unknown): Problem[] {
  return marksIn(data, [], []);
}

/** Whether a problem is about a value that is one of these marks, of which the mark says enough. */
export function isAbout({ path }: Problem, marks: readonly Problem[]): boolean {
  return marks.some(
    (mark) => mark.path.length === path.length && mark.path.every((step, at) => step === path[at]),
  );
}

/** `around` is what the value is part of: by an alias a value of YAML can be part of itself. */
function marksIn(data: unknown, path: Path, around: readonly object[]): Problem[] {
  if (typeof data === 'string') {
    const [, what] = /^<fill in: (.+)>$/.exec(data) ?? [];
    const message = `${quote(data)} is still to be filled in. Write ${what}.`;
    return what === undefined ? [] : [{ severity: 'error', path, message, ofKey: false }];
  }
  if (typeof data !== 'object' || data === null || around.includes(data)) return [];
  const inside: [string | number, unknown][] = Array.isArray(data)
    ? [...data.entries()]
    : Object.entries(data);
  return inside.flatMap(([step, value]) => marksIn(value, [...path, step], [...around, data]));
}
