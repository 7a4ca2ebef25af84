import fc from 'fast-check';
import { parseRetention } from '../../lib/cnpg/retention.ts';
import { message, value } from '../values/outcome.ts';

describe('parseRetention', () => {
  test.each([
    ['14d', 14],
    ['1d', 1],
    ['4w', 28],
    ['6m', 186],
  ])('reads %s as %d days', (text, days) => {
    expect(value(parseRetention(text))).toEqual({ text, days });
  });

  test.each([
    ['14 days', 'is not a retention as Barman writes it. Write 14d.'],
    ['14D', 'is not a retention as Barman writes it. Write 14d.'],
    ['014d', 'is not a retention as Barman writes it. Write 14d.'],
    ['4 weeks', 'is not a retention as Barman writes it. Write 4w.'],
    ['14', 'has no unit. Write 14d for 14 days.'],
    ['2y', 'counts in years, which Barman does not know. Write 24m.'],
    ['36h', 'counts in hours, which Barman does not know. Write 2d.'],
    ['0d', 'would keep no backup at all. Write at least 1d; 14d is usual.'],
    ['9999999d', 'is more than a hundred years. Write what you need, such as 14d.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseRetention(text))).toBe(`"${text}" ${problem}`);
  });

  test.each(['', 'd', '-1d', '1.5d', '14x', 'forever'])('refuses %j with the form', (text) => {
    expect(message(parseRetention(text))).toContain('Write a whole number and d, w or m');
  });

  test('takes what its own pattern allows, and nothing else', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{1,3}[dwm]$/));
    fc.assert(
      fc.property(texts, (text) => expect(parseRetention(text).ok).toBe(/^[1-9][0-9]{0,2}[dwm]$/.test(text))),
    );
  });
});
