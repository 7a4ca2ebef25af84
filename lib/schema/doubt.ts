import type { Path } from '../text/path.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Look } from './watch.ts';

/**
 * Whether what was looked at may not be what somebody meant.
 *
 * What is read of a file has the file's keys as far as the schema has them. Below that nothing is known, and every part
 * of the last known value is meant; but which of several variants it is does not depend on what is wrong inside of it.
 *
 * @param doubtful The paths that could not be read, or have an error.
 */
export function isDoubtful({ path, isWhole }: Look, doubtful: readonly Path[], schema: JsonSchema): boolean {
  const known = path.slice(0, knownSteps(schema, path));
  const [unknown] = path.slice(known.length);
  const isInside = unknown === undefined ? isWhole : !tags.includes(unknown);
  return doubtful.some((one) => beginsWith(known, one) || (isInside && beginsWith(one, known)));
}

/** Where what is read says which variant it is. */
const tags: readonly (string | number)[] = ['kind', 'by'];

function beginsWith(path: Path, first: Path): boolean {
  return first.length <= path.length && first.every((step, index) => step === path[index]);
}

/** How many steps of a path the schema has. */
function knownSteps(schema: JsonSchema, path: Path): number {
  const [step, ...rest] = path;
  if (step === undefined) return 0;
  const inside = alternativesOf(schema).flatMap((one) => schemasAt(one, step));
  return inside.length === 0 ? 0 : 1 + Math.max(...inside.map((one) => knownSteps(one, rest)));
}

function alternativesOf(schema: JsonSchema): JsonSchema[] {
  return [schema, ...(schema.oneOf ?? []).flatMap(alternativesOf)];
}

function schemasAt({ items, properties = {}, additionalProperties }: JsonSchema, step: string | number) {
  if (typeof step === 'number') return items === undefined ? [] : [items];
  const named = Object.hasOwn(properties, step) ? properties[step] : additionalProperties;
  return typeof named === 'object' ? [named] : [];
}
