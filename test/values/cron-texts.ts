import fc from 'fast-check';

const bounds: readonly (readonly [least: number, most: number])[] = [
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
    .tuple(...bounds.slice(6 - fields).map(([least, most]) => fieldTexts(least, most)))
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
 * The times, in milliseconds, at which an expression of six fields fires after `after`, found the slow way: each
 * moment of the window is looked up in each field. `step` and `length` are in seconds.
 */
export function firesByDefinition(
  fields: readonly string[],
  after: number,
  {
    step,
    length,
    steppedStar,
  }: { readonly step: number; readonly length: number; readonly steppedStar: boolean },
): readonly number[] {
  const times: number[] = [];
  const [, , , day = '', , weekday = ''] = fields;
  const both = [day, weekday].some((field) =>
    field.split(',').some((part) => part === '*' || part === '*/1' || (steppedStar && part.startsWith('*'))),
  );
  const holds = bounds.map((bounds, index) =>
    Array.from({ length: 60 }, (_, current) => fieldHolds(fields[index] ?? '*', current, bounds)),
  );
  for (let moment = after + step * 1000; moment <= after + length * 1000; moment += step * 1000) {
    const time = new Date(moment);
    const onDay = holds[3]?.[time.getUTCDate()];
    const onWeekday = holds[5]?.[time.getUTCDay()];
    if (!(both ? onDay && onWeekday : onDay || onWeekday)) continue;
    if (!holds[4]?.[time.getUTCMonth() + 1] || !holds[2]?.[time.getUTCHours()]) continue;
    if (holds[1]?.[time.getUTCMinutes()] && holds[0]?.[time.getUTCSeconds()]) times.push(moment);
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
