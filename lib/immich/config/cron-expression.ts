import { text } from '../../schema/scalar.ts';
import type { Schema } from '../../schema/schema.ts';
import { parseCron } from '../../values/cron.ts';
import { expressionPattern, fieldsOf } from '../../values/cron-expression.ts';
import { type CronUnit, cronFieldPattern, cronUnits, parseCronField } from '../../values/cron-field.ts';
import { type Parsed, quote, refuse, understand } from '../../values/parsed.ts';

/** Seconds first. Sunday has two numbers. */
const units: readonly CronUnit[] = [
  cronUnits.second,
  cronUnits.minute,
  cronUnits.hour,
  cronUnits.day,
  cronUnits.month,
  { ...cronUnits.weekday, most: 7 },
];

const dialect = { steppedStar: true };

const patterns = units.map((unit) => cronFieldPattern(unit, 'node'));

/**
 * A cron expression as Immich reads it, with the npm package `cron`: five fields or six, which begin with seconds, and
 * Sunday is 0 or 7. What is written has names written as numbers: before v3 Immich takes numbers only.
 * https://github.com/kelektiv/node-cron#supported-cron-expressions
 */
export const cronExpression: Schema<string> = text(parseExpression, {
  pattern: `${expressionPattern(patterns.slice(1))}|${expressionPattern(patterns)}`,
  examples: ['0 3 * * *'],
});

function parseExpression(expression: string): Parsed<string> {
  const fields = fieldsOf(expression);
  const six = fields.length === 5 ? ['0', ...fields] : fields;
  // Descriptors, and all that is wrong, are read and told of as everywhere else.
  if (six.length !== 6 || six.some((field, index) => !isField(field, units[index]))) {
    const cron = parseCron(expression);
    return cron.ok ? understand(withNumbers(fieldsOf(cron.value.text)).join(' ')) : cron;
  }
  return hasDate(six)
    ? understand(withNumbers(fields).join(' '))
    : refuse(
        `${quote(expression)} never fires: there is no such date. Write a day that the month has, or *.`,
      );
}

function isField(field: string, unit: CronUnit | undefined): boolean {
  // An empty part and a plus sign are read by Go's parsers alone.
  return unit !== undefined && !/^,|,,|,$|\+/.test(field) && parseCronField(field, unit, dialect).ok;
}

/** Whether a day is named that one of the months has; a day of the week comes in each of them. */
function hasDate([, , , day = '*', month = '*', weekday = '*']: readonly string[]): boolean {
  const days = parseCronField(day, cronUnits.day, dialect);
  const months = parseCronField(month, cronUnits.month, dialect);
  if (!days.ok || !months.ok || !/^[*?]/.test(weekday)) return true;
  return months.value.values.some((one) =>
    days.value.values.some((number) => number <= (daysOf[one - 1] ?? 31)),
  );
}

/** The days of each month, in a leap year. */
const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The last two of five or six fields without names. */
function withNumbers(fields: readonly string[]): string[] {
  return fields.map((field, index) => {
    const unit = units[index + 6 - fields.length];
    return unit === undefined ? field : namesToNumbers(field, unit);
  });
}

function namesToNumbers(field: string, { names, least }: CronUnit): string {
  return field
    .replace(/[a-z]{3}/gi, (name) => String(names.indexOf(name.toLowerCase()) + least))
    .replaceAll('?', '*');
}
