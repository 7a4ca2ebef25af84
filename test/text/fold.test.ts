import { folded } from '../../lib/text/fold.ts';

test('a line is broken at spaces, and goes on below its beginning', () => {
  expect(folded('  one two three', 9)).toBe('  one two\n  three');
  expect(folded('  one two three', 9, 2)).toBe('  one two\n    three');
});

test('a line that fits stays as it is, with its gaps', () => {
  expect(folded('  1:2  error  one', 17)).toBe('  1:2  error  one');
  expect(folded('one two three', Number.POSITIVE_INFINITY)).toBe('one two three');
});

test('a word that is wider than a line stays whole', () => {
  expect(folded('see https://immich.app/docs or', 10)).toBe('see\nhttps://immich.app/docs\nor');
});

test('colours take no columns', () => {
  const red = '\u001b[1;31merror\u001b[0m';
  expect(folded(`${red} one`, 9)).toBe(`${red} one`);
  expect(folded(`${red} one`, 8)).toBe(`${red}\none`);
});
