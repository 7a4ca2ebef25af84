import { inlineOf } from '../dist/scalar.ts';
import { withKeys } from '../text/yaml-insertion.ts';
import { type Fault, readSource } from '../text/yaml-source.ts';
import { type Addition, steps } from './steps.ts';

/** What a step did, or what is left for a person to write. */
export interface Written {
  readonly step: string;
  /** The key by its full path, as in `database.cnpg.image`. */
  readonly key: string;
  /** Its value as it is written in YAML. */
  readonly value: string;
  readonly because: string;
}

/** An installation file brought to the present schema. */
export interface Migration {
  /** The same text where there was nothing to do. */
  readonly text: string;
  readonly written: readonly Written[];
  /** What could not be written where it belongs, such as into a mapping that an alias shares. */
  readonly byHand: readonly Written[];
  /** What keeps the file from being read at all. */
  readonly faults: readonly Fault[];
}

/**
 * Brings the text of an installation file to the present schema. Comments and every other byte stay, and dist is made
 * the same of it. A file that is up to date comes back as it is.
 *
 * @param dist Path inside dist to text, as it was synthesized last.
 */
export function migrate(text: string, dist: ReadonlyMap<string, string>): Migration {
  const written: Written[] = [];
  const byHand: Written[] = [];
  let current = text;
  for (const { id, addition } of steps) {
    const { data, faults } = readSource(current, { strict: true });
    if (faults.length > 0) return { text, written: [], byHand: [], faults };
    const wanted = addition(data, dist);
    if (wanted === undefined) continue;
    const next = withAddition(current, data, wanted);
    (next === undefined ? byHand : written).push(
      ...wanted.entries.map(([key, value]) => ({
        step: id,
        key: [...wanted.path, key].join('.'),
        value: inlineOf(value),
        because: wanted.because,
      })),
    );
    current = next ?? current;
  }
  return { text: current, written, byHand, faults: [] };
}

/** The text with an addition; undefined where it would say something else than the data and that addition. */
function withAddition(text: string, data: unknown, { path, entries }: Addition): string | undefined {
  const next = withKeys(
    text,
    path,
    entries.map(([key, value]) => [key, inlineOf(value)]),
  );
  if (next === undefined) return undefined;
  const { data: read, faults } = readSource(next, { strict: true });
  return faults.length === 0 && isSame(read, extend(data, path, Object.fromEntries(entries)))
    ? next
    : undefined;
}

/** The data with some keys more in the mapping at `path`. */
function extend(data: unknown, [step, ...rest]: readonly string[], added: object): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (step === undefined) return { ...data, ...added };
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, key === step ? extend(value, rest, added) : value]),
  );
}

/** Whether two values are the same data, whatever the order of keys. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return Object.is(one, other);
  }
  const [left, right] = [
    new Map<string, unknown>(Object.entries(one)),
    new Map<string, unknown>(Object.entries(other)),
  ];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
  );
}
