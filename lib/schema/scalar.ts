import { quote } from '../text/quoting.ts';
import { type Parsed, refuse, understand } from '../values/parsed.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Place } from './place.ts';
import { refine, type Schema } from './schema.ts';

/** A text that `parse` turns into a value, or refuses with a sentence that quotes it. */
export function text<T>(parse: (text: string) => Parsed<T>, json: JsonSchema = {}): Schema<T> {
  return {
    read: (value, at) => {
      const source = textOf(value, at);
      if (source === undefined) return undefined;
      const result = parse(source);
      if (!result.ok) return at.error(result.message);
      return typeof value === 'string' ? result.value : at.error(quotesMissing(value));
    },
    json: { type: 'string', ...json },
  };
}

/**
 * A text that has one form, which editors are told by the same pattern. `refuse` says what is wrong with another one.
 * Patterns have no flags, as JSON Schema knows none.
 */
export function textLike(
  form: RegExp,
  refusal: (text: string) => string,
  json: JsonSchema = {},
): Schema<string> {
  return text((value) => (form.test(value) ? understand(value) : refuse(refusal(value))), {
    pattern: form.source,
    ...json,
  });
}

/** What `schema` reads, but for texts in which `form` is found, which editors are told too. */
export function butNot(
  schema: Schema<string>,
  form: RegExp,
  refusal: (text: string) => string,
): Schema<string> {
  const { read, json } = refine(schema, (value, at) => (form.test(value) ? at.error(refusal(value)) : value));
  return { read, json: { ...json, not: { pattern: form.source } } };
}

/**
 * A text that may as well be written as a number, as people write `cpu: 2`.
 *
 * @param number What editors are told of the number.
 */
export function orNumber<T>(schema: Schema<T>, number: JsonSchema): Schema<T> {
  return {
    read: (value, at) => schema.read(typeof value === 'number' ? String(value) : value, at),
    json: { oneOf: [schema.json, number] },
  };
}

/** A text without further rules, but not an empty one. */
export const anyText: Schema<string> = textLike(
  /\S/,
  (value) => `${quote(value)} is empty. Write a text, or leave the key out.`,
);

/** True or false. */
export const flag: Schema<boolean> = {
  read: (value, at) => {
    if (typeof value === 'boolean') return value;
    return at.error(
      value === 'true' || value === 'false'
        ? quotesTooMany(value)
        : `${quote(value)} is not true or false. Write true or false.`,
    );
  },
  json: { type: 'boolean' },
};

/** Nothing but true, for a key that says something by being there. */
export const onlyTrue: Schema<true> = {
  read: (value, at) => {
    if (value === true) return true;
    return at.error(
      value === 'true'
        ? quotesTooMany(value)
        : `${quote(value)} is not true. Write true, or leave the key out.`,
    );
  },
  json: { const: true },
};

/** A whole number between two bounds, which are allowed themselves. */
export function wholeNumber(minimum: number, maximum: number): Schema<number> {
  const isFit = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
  return {
    read: (value, at) => {
      if (typeof value === 'number' && isFit(value)) return value;
      return at.error(
        typeof value === 'string' && /^[1-9][0-9]*$/.test(value) && isFit(Number(value))
          ? quotesTooMany(value)
          : `${quote(value)} is not a whole number from ${minimum} to ${maximum}. Write one.`,
      );
    },
    json: { type: 'integer', minimum, maximum },
  };
}

/** One of a few words. */
export function choice<const T extends string>(...words: readonly T[]): Schema<T> {
  return {
    read: (value, at) =>
      words.find((word) => word === value) ?? at.error(`${quote(value)} is not one of ${words.join(', ')}.`),
    json: { type: 'string', enum: words },
  };
}

function quotesTooMany(value: string): string {
  return `${quote(value)} is read as a text here. Write ${value}, without quotes.`;
}

function quotesMissing(value: unknown): string {
  return typeof value === 'number' && !Number.isSafeInteger(value)
    ? `${quote(value)} is read as a number here, without zeros at its end. Put what you wrote in quotes.`
    : `${quote(value)} is read as a ${typeof value} here. Write ${quote(String(value))}, with the quotes.`;
}

function textOf(value: unknown, at: Place): string | undefined {
  if (typeof value === 'string') {
    return value.includes('${')
      ? at.error(`${quote(value)} has a variable of Flux in it, and none is filled in here. Write its value.`)
      : value;
  }
  // What would be wrong as a text too is told at once, and not first that quotes are missing.
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return at.error(
    `${quote(value)} is not a text. Write a text${value === null ? ', or remove the key' : ''}.`,
  );
}
