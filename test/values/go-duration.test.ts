import { goDuration } from '../../lib/values/go-duration.ts';

describe('goDuration', () => {
  test.each([
    ['24h', 86_400],
    ['1h30m', 5400],
    ['1.5h', 5400],
    ['.5h', 1800],
    ['1h1m1s', 3661],
    ['1500ms', 1],
    ['2000000us', 2],
    ['+90s', 90],
    ['0', 1],
    ['-1h', 1],
    ['1ns', 1],
  ])('reads %j as %d seconds', (text, seconds) => {
    expect(goDuration(text)).toBe(seconds);
  });

  test.each(['', '1', '1d', '1h 2m', 'h', '.h', '1h2', '9999999999999h', '1 h', '--1h'])(
    'knows no %j',
    (text) => {
      expect(goDuration(text)).toBeUndefined();
    },
  );
});
