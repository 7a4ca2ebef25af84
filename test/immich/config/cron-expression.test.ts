import { cronExpression } from '../../../lib/immich/config/cron-expression.ts';
import { Place, type Problem } from '../../../lib/schema/place.ts';

function read(text: string) {
  const problems: Problem[] = [];
  return {
    value: cronExpression.read(text, new Place([], problems)),
    problems: problems.map((one) => one.message),
  };
}

test.each([
  ['0 2 * * 7', '0 2 * * 7'],
  ['0 2 * * 5-7', '0 2 * * 5-7'],
  ['0 2 * * 1/2', '0 2 * * 1/2'],
  ['0 2 1-31 * 0', '0 2 1-31 * 0'],
  ['0 0 2 * * *', '0 0 2 * * *'],
  ['30 0 2 * JAN SUN', '30 0 2 * 1 0'],
  ['0 2 ? * MON-FRI', '0 2 * * 1-5'],
  ['@daily', '0 0 * * *'],
  ['0 2 29 2 *', '0 2 29 2 *'],
])('%s is what Immich takes', (text, value) => {
  expect(read(text)).toEqual({ value, problems: [] });
});

test.each([
  ['0 2 * * 8', '"8" as day of the week'],
  ['0 24 * * *', '"24" as hour'],
  ['0 2 30 2 *', 'never fires'],
  ['0 0 2 30 2 *', 'never fires'],
  ['0 2 * *', 'has four fields'],
  ['61 0 2 * * *', 'has six fields'],
  ['daily', 'Write "@daily"'],
])('%s is refused', (text, message) => {
  expect(read(text)).toEqual({ value: undefined, problems: [expect.stringContaining(message)] });
});
