import fc from 'fast-check';
import {
  compareVersions,
  inRange,
  parseImmichVersion,
  parseOperatorVersion,
} from '../../lib/values/version.ts';
import { message, value } from './outcome.ts';

describe('parseImmichVersion', () => {
  test('reads a release', () => {
    expect(value(parseImmichVersion('v3.3.1'))).toEqual({ major: 3, minor: 3, patch: 1, text: 'v3.3.1' });
    expect(value(parseImmichVersion('v1.133.0'))).toEqual({
      major: 1,
      minor: 133,
      patch: 0,
      text: 'v1.133.0',
    });
  });

  test.each(['v3', 'v3.3', '3', 'release', 'latest', 'main', 'Release'])(
    'refuses %s, which moves',
    (text) => {
      expect(message(parseImmichVersion(text))).toMatch(
        /can name another version tomorrow.*such as v3\.3\.1\.$/,
      );
    },
  );

  test.each([
    ['3.3.1', 'lacks the leading v. Write v3.3.1.'],
    ['V3.3.1', 'has a capital V. Write v3.3.1.'],
    ['v3.3.1-rc.1', 'is not a final release. Write one, such as v3.3.1.'],
    ['v03.3.1', 'is not a version of Immich. Write one release, such as v3.3.1.'],
    ['', 'is not a version of Immich. Write one release, such as v3.3.1.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseImmichVersion(text))).toBe(`"${text}" ${problem}`);
  });
});

describe('parseOperatorVersion', () => {
  test.each([
    ['1.30', 30, 0],
    ['1.30.0', 30, 0],
    ['1.29.2', 29, 2],
  ])('reads %s', (text, minor, patch) => {
    expect(value(parseOperatorVersion(text))).toEqual({ major: 1, minor, patch, text });
  });

  test.each([
    ['v1.30', 'Write "1.30".'],
    ['1', 'only a major version'],
    ['1.30.x', 'is not a version of the operator'],
    ['latest', 'is not a version of the operator'],
  ])('refuses %s: %s', (text, problem) => {
    expect(message(parseOperatorVersion(text))).toContain(problem);
  });
});

describe('versions', () => {
  const version = (text: string) => value(parseOperatorVersion(text));

  test('compare by number, not by letter', () => {
    expect(compareVersions(version('1.9'), version('1.30'))).toBeLessThan(0);
    expect(compareVersions(version('2.0'), version('1.30.9'))).toBeGreaterThan(0);
    expect(compareVersions(version('1.30.2'), version('1.30.10'))).toBeLessThan(0);
    expect(compareVersions(version('1.30'), version('1.30.0'))).toBe(0);
  });

  test('are in a range from its beginning to just below its end', () => {
    const range = { from: version('0.3.0'), below: version('0.6') };
    expect(['0.2.9', '0.3.0', '0.5.99', '0.6.0'].map((text) => inRange(version(text), range))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(inRange(version('9.9'), { from: version('1.0') })).toBe(true);
    expect(inRange(version('0.1'), { below: version('1.0') })).toBe(true);
    expect(inRange(version('0.1'), {})).toBe(true);
  });

  test('sort the same from either side', () => {
    const numbers = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => version(parts.join('.')));
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        expect(inRange(a, { from: b })).toBe(!inRange(a, { below: b }));
      }),
    );
  });
});
