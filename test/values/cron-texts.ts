import fc from 'fast-check';

const BOUNDS: readonly (readonly [least: number, most: number])[] = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** Expressions of five (without seconds) or six fields that are read without complaint about their grammar. */
export function cronTexts(fields: 5 | 6): fc.Arbitrary<string> {
  return fc
    .tuple(...BOUNDS.slice(6 - fields).map(([least, most]) => fieldTexts(least, most)))
    .map((texts) => texts.join(' '));
}

function fieldTexts(least: number, most: number): fc.Arbitrary<string> {
  const number = fc.integer({ min: least, max: most });
  const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const stepped = fc.tuple(fc.oneof(fc.constant('*'), range), fc.integer({ min: 1, max: 20 }));
  const part = fc.oneof(
    fc.constant('*'),
    number.map(String),
    range,
    stepped.map(([base, step]) => `${base}/${step}`),
  );
  const list = fc.array(part, { minLength: 2, maxLength: 3 }).map((parts) => parts.join(','));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    { weight: 3, arbitrary: part },
    { weight: 1, arbitrary: list },
  );
}

/**
 * The times at which an expression of six fields fires after `after`, found the slow way: each moment of the window
 * is compared with each part of each field. `step` and `length` are in seconds.
 */
export function firesByDefinition(
  fields: readonly string[],
  after: Date,
  step: number,
  length: number,
  steppedStar: boolean,
): readonly string[] {
  const times: string[] = [];
  const [, , , day = '', , weekday = ''] = fields;
  const both = [day, weekday].some((field) =>
    field.split(',').some((part) => part === '*' || part === '*/1' || (steppedStar && part.startsWith('*'))),
  );
  for (
    let moment = after.getTime() + step * 1000;
    moment <= after.getTime() + length * 1000;
    moment += step * 1000
  ) {
    const time = new Date(moment);
    const values = [
      time.getUTCSeconds(),
      time.getUTCMinutes(),
      time.getUTCHours(),
      time.getUTCDate(),
      time.getUTCMonth() + 1,
      time.getUTCDay(),
    ];
    const [second, minute, hour, onDay, month, onWeekday] = values.map((current, index) =>
      fieldHolds(fields[index] ?? '*', current, BOUNDS[index] ?? [0, 0]),
    );
    const dayFits = both ? onDay && onWeekday : onDay || onWeekday;
    if (second && minute && hour && dayFits && month) times.push(time.toISOString());
  }
  return times;
}

function fieldHolds(field: string, current: number, [least, most]: readonly [number, number]): boolean {
  return field.split(',').some((part) => {
    const [base = '', step = '1'] = part.split('/');
    const [from = '', to] = base === '*' ? [`${least}`, `${most}`] : base.split('-');
    const last = to === undefined ? (part.includes('/') ? most : Number(from)) : Number(to);
    return current >= Number(from) && current <= last && (current - Number(from)) % Number(step) === 0;
  });
}
