import { quote, understand } from './parsed.ts';

/** One of the fields of a cron expression, and what it may hold. */
export interface CronUnit {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Three-letter names, from `least` upwards; read in any case. */
  readonly names: readonly string[];
}

/** A parsed field. */
export interface CronField {
  /** The values at which it fires, ascending and without repetition. */
  readonly values: readonly number[];
  /**
   * Whether the field counts as "not restricted" when days of the month and days of the week are combined:
   * both must match when one of the two is a star, either may match otherwise.
   */
  readonly star: boolean;
}

/** How a program reads a field, where programs differ. */
export interface CronDialect {
  /** Whether a star with a step (every second day, say) still counts as a star. */
  readonly steppedStar: boolean;
}

/** The fields of cron in the order of their size. */
export const cronUnits = {
  second: { name: 'second', least: 0, most: 59, names: [] },
  minute: { name: 'minute', least: 0, most: 59, names: [] },
  hour: { name: 'hour', least: 0, most: 23, names: [] },
  day: { name: 'day of the month', least: 1, most: 31, names: [] },
  month: {
    name: 'month',
    least: 1,
    most: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  weekday: {
    name: 'day of the week',
    least: 0,
    most: 6,
    names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  },
} as const satisfies Record<string, CronUnit>;

/** A field that was refused: what stands in it, as in `"0" as month`, and a sentence that says what to write. */
export interface CronFault {
  readonly ok: false;
  readonly fault: string;
  readonly advice: string;
}

/** What one field, or one expression, was read as. */
export type CronRead<T> = { readonly ok: true; readonly value: T } | CronFault;

/**
 * A field as a part of a pattern, for editors.
 *
 * @param programs Which programs read it: `go` also drops empty parts and reads a plus sign, and what `every` one reads
 * are stars, numbers and names.
 */
export function cronFieldPattern(unit: CronUnit, programs: 'go' | 'node' | 'every'): string {
  const plus = programs === 'go' ? '\\+?' : '';
  const value = [`${plus}0*(?:${numbersPattern(unit)})`, ...unit.names.map(inAnyCase)].join('|');
  const star = programs === 'every' ? '\\*' : '[*?](?:-[^\\s,/]*)?';
  const part = `(?:${star}|(?:${value})(?:-(?:${value}))?)(?:/${plus}0*[1-9][0-9]*)?`;
  return programs === 'go' ? `,*${part}(?:,+${part})*,*` : `${part}(?:,${part})*`;
}

/** The numbers of a unit, which have two digits at most. */
function numbersPattern({ least, most }: CronUnit): string {
  return Array.from({ length: Math.floor(most / 10) + 1 }, (_, tens) => {
    const [from, to] = [Math.max(least - tens * 10, 0), Math.min(most - tens * 10, 9)];
    return `${tens === 0 ? '' : tens}[${from}-${to}]`;
  }).join('|');
}

function inAnyCase(name: string): string {
  return name.replace(/./g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/**
 * Reads one field with the grammar of robfig/cron: a comma-separated list of `*`, `?`, `n`, `n-m`, each with an
 * optional `/step`. https://github.com/robfig/cron/blob/v1.2.0/parser.go
 */
export function parseCronField(text: string, unit: CronUnit, dialect: CronDialect): CronRead<CronField> {
  const values = new Set<number>();
  let star = false;
  for (const part of text.split(',')) {
    // The parser drops empty parts; a field of commas alone is accepted there and never fires.
    if (part === '') continue;
    const range = parseRange(part, unit);
    if (!range.ok) return range;
    const { first, last, step } = range.value;
    for (let value = first; value <= last; value += step) values.add(value);
    star ||= range.value.star && (step === 1 || dialect.steppedStar);
  }
  return understand({ values: [...values].sort((a, b) => a - b), star });
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly star: boolean;
}

function parseRange(text: string, unit: CronUnit): CronRead<Range> {
  const fault = (detail: string, advice = form(unit)): CronFault => ({
    ok: false,
    fault: `${quote(text)} as ${unit.name}${detail}`,
    advice,
  });
  const [ends = '', stepText, ...moreSteps] = text.split('/');
  const [from = '', to, ...moreEnds] = ends.split('-');
  const star = from === '*' || from === '?';
  if (moreSteps.length > 0) return fault(', with more than one slash');
  if (moreEnds.length > 0 && !star) return fault(', with more than one hyphen');
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  const open = to === undefined && stepText !== undefined;
  const first = star ? unit.least : namedValue(from, unit);
  const last = star || open ? unit.most : to === undefined ? first : namedValue(to, unit);
  if (first === undefined || last === undefined) return fault('');
  if (step === undefined || step === 0) return fault(', with a step that is not a whole number above 0');
  if (first < unit.least || first > unit.most || last < unit.least || last > unit.most) return fault('');
  if (first > last) return fault(', a range that ends before it begins', splitRange(first, last, unit));
  return understand({ first, last, step, star });
}

/** The number or name as a value of the unit; undefined when it is neither. */
function namedValue(text: string, unit: CronUnit): number | undefined {
  const named = unit.names.indexOf(text.toLowerCase());
  return named < 0 ? wholeNumber(text) : named + unit.least;
}

/** Go's `strconv.Atoi` also reads a plus sign and leading zeros. */
function wholeNumber(text: string): number | undefined {
  const value = /^\+?[0-9]+$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value < 2 ** 63 ? value : undefined;
}

function form(unit: CronUnit): string {
  const { least, most } = unit;
  if (unit === cronUnits.weekday) {
    return 'Write 0 (Sunday) to 6 (Saturday) or SUN to SAT; Sunday is 0, not 7.';
  }
  if (unit === cronUnits.month) return 'Write 1 to 12 or JAN to DEC.';
  return `Write * or ${least} to ${most}, alone, as a list (${least},${least + 1}) or as a range (${least}-${most}).`;
}

/** Two ranges for one such as FRI-MON, which cron does not read across the end of the week. */
function splitRange(first: number, last: number, unit: CronUnit): string {
  const name = (value: number) => (unit.names[value - unit.least] ?? String(value)).toUpperCase();
  const ends = [first === unit.most ? name(first) : `${name(first)}-${name(unit.most)}`];
  ends.push(last === unit.least ? name(last) : `${name(unit.least)}-${name(last)}`);
  return `Write ${quote(ends.join(','))} if it is to go across the end.`;
}
