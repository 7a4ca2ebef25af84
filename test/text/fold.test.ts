import { fold } from '../../lib/text/fold.ts';

test('a line is broken at spaces, and goes on below its beginning', () => {
  expect(fold('  one two three', 9)).toBe('  one two\n  three');
  expect(fold('  one two three', 9, 2)).toBe('  one two\n    three');
});

test('a line that fits stays as it is, with its gaps', () => {
  expect(fold('  1:2  error  one', 17)).toBe('  1:2  error  one');
  expect(fold('one two three', Number.POSITIVE_INFINITY)).toBe('one two three');
});

test('a word that is wider than a line stays whole', () => {
  expect(fold('see https://immich.app/docs or', 10)).toBe('see\nhttps://immich.app/docs\nor');
});

test('colours take no columns', () => {
  const red = '\u001b[1;31merror\u001b[0m';
  expect(fold(`${red} one`, 9)).toBe(`${red} one`);
  expect(fold(`${red} one`, 8)).toBe(`${red}\none`);
});
