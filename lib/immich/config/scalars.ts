import { text } from '../../schema/scalar.ts';
import type { Schema } from '../../schema/schema.ts';
import { quote } from '../../text/quoting.ts';
import { type Parsed, refuse, understand } from '../../values/parsed.ts';

const address = /^https?:\/\/[^\s/]/;

/** Any text, also an empty one, which Immich takes for "none". */
export const freeText: Schema<string> = text(understand);

/** An address such as https://photos.example.com. */
export const webAddress: Schema<string> = text(parseAddress, {
  pattern: address.source,
  examples: ['https://photos.example.com'],
});

/** An address, or an empty text for none. */
export const optionalAddress: Schema<string> = text(
  (value) => (value === '' ? understand(value) : parseAddress(value)),
  { pattern: `^$|${address.source}` },
);

/** An address of any scheme, such as one that an app has for itself, or an empty text for none. */
export const anyAddress: Schema<string> = text(
  (value) =>
    value === '' || URL.canParse(value)
      ? understand(value)
      : refuse(
          `${quote(value)} is not an address. Write one such as https://photos.example.com/api/oauth/mobile-redirect.`,
        ),
  { pattern: '^$|^[a-zA-Z][-+.a-zA-Z0-9]*:' },
);

/** A number between two bounds, which are allowed themselves. */
export function fraction(minimum: number, maximum: number): Schema<number> {
  return {
    read: (value, at) =>
      typeof value === 'number' && value >= minimum && value <= maximum
        ? value
        : at.error(
            `${quote(value)} is not a number from ${minimum} to ${maximum}. Write one, without quotes.`,
          ),
    json: { type: 'number', minimum, maximum },
  };
}

/** One of a few numbers. */
export function numberChoice<const T extends number>(...numbers: readonly T[]): Schema<T> {
  return {
    read: (value, at) =>
      numbers.find((number) => number === value) ??
      at.error(`${quote(value)} is not one of ${numbers.join(', ')}. Write one, without quotes.`),
    json: { type: 'integer', enum: numbers },
  };
}

/** What `schema` reads, or null. */
export function orNull<T>(schema: Schema<T>): Schema<T | null> {
  return {
    read: (value, at) => (value === null ? value : schema.read(value, at)),
    json: { oneOf: [schema.json, { const: null }] },
  };
}

function parseAddress(value: string): Parsed<string> {
  return address.test(value) && URL.canParse(value)
    ? understand(value)
    : refuse(`${quote(value)} is not an address. Write one such as https://photos.example.com.`);
}
