import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256 } from '../../lib/text/sha256.ts';

test('the examples of the standard', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('what Node says, for any text and all lengths around a block', () => {
  const expected = (text: string) => createHash('sha256').update(text).digest('hex');
  for (let length = 0; length < 200; length++) {
    expect(sha256('ä'.repeat(length))).toBe(expected('ä'.repeat(length)));
  }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => sha256(text) === expected(text)),
  );
});
