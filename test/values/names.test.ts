import fc from 'fast-check';
import { parseDnsLabel, parseDnsSubdomain, parseHost, parseSecretKey } from '../../lib/values/names.ts';
import type { Parsed } from '../../lib/values/parsed.ts';
import { message, value } from './outcome.ts';

describe('parseDnsLabel', () => {
  test.each(['immich', 'a', '0', 'immich-db-v0', 'x'.repeat(63)])('reads %s', (text) => {
    expect(value(parseDnsLabel(text))).toBe(text);
  });

  test.each([
    ['Immich DB', 'such as immich-db.'],
    ['a.b', 'such as a-b.'],
    ['../../etc/passwd', 'such as etc-passwd.'],
    ['-a', 'such as a.'],
    ['a-', 'such as a.'],
    ['ümlaut', 'such as mlaut.'],
    ['_', 'such as immich.'],
    ['', 'is empty.'],
    ['x'.repeat(64), 'has 64 characters. Write at most 63.'],
    ['a\n', 'such as a.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseDnsLabel(text))).toContain(problem);
  });
});

describe('parseDnsSubdomain', () => {
  test.each(['immich', 'a.b-c.d', '1.2'])('reads %s', (text) => {
    expect(value(parseDnsSubdomain(text))).toBe(text);
  });

  test.each([
    ['a..b', 'such as a-b.'],
    ['.a', 'such as a.'],
    ['A', 'such as a.'],
    ['', 'is empty.'],
    ['x'.repeat(254), 'has 254 characters. Write at most 253.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseDnsSubdomain(text))).toContain(problem);
  });
});

describe('parseHost', () => {
  test.each(['photos.example.com', 'photos.mikey-liang.com', 'xn--mnchen-3ya.de', 'a.b', '1.example.com'])(
    'reads %s',
    (text) => {
      expect(value(parseHost(text))).toBe(text);
    },
  );

  test.each([
    ['https://photos.example.com', 'starts with https://.'],
    ['photos.example.com/', 'has a path.'],
    ['photos.example.com:443', 'has a port.'],
    ['10.0.0.1', 'is an IP address'],
    ['::1', 'is an IP address'],
    ['[fd00::1]:443', 'is an IP address'],
    ['*.example.com', 'has a wildcard.'],
    ['Photos.Example.com', 'has capital letters. Write photos.example.com.'],
    ['photos', 'is not a full DNS name. Write it with its domain, such as photos.example.com.'],
    ['photos.example.com.', 'ends with a dot.'],
    ['a..b', 'has the part ""'],
    ['a_b.de', 'has the part "a_b"'],
    ['münchen.de', 'has the part "münchen"'],
    ['1.2.3', 'ends in a number'],
    ['', 'is empty.'],
    [`${'x'.repeat(64)}.de`, 'has the part'],
    [`${'x.'.repeat(130)}de`, 'has 262 characters'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseHost(text))).toContain(problem);
  });
});

describe('parseSecretKey', () => {
  test.each(['connection-string-2', 'ca.crt', 'AWS_ACCESS_KEY_ID', '.dockerconfigjson', '-'])(
    'reads %s',
    (text) => {
      expect(value(parseSecretKey(text))).toBe(text);
    },
  );

  test.each([
    ['my key', 'such as my-key.'],
    ['a/b', 'such as a-b.'],
    ['', 'such as password.'],
    ['..', 'keys become file names'],
    ['..data', 'keys become file names'],
    ['.', 'keys become file names'],
    ['x'.repeat(254), 'Write at most 253.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseSecretKey(text))).toContain(problem);
  });
});

test('names that are read hold nothing that could lead out of a folder or a line', () => {
  const parsers: readonly ((text: string) => Parsed<string>)[] = [
    parseDnsLabel,
    parseDnsSubdomain,
    parseHost,
    parseSecretKey,
  ];
  const texts = fc.oneof(fc.string(), fc.stringMatching(/^[a-z.\-/\n]{0,8}$/));
  fc.assert(
    fc.property(texts, fc.constantFrom(...parsers), (text, parse) => {
      if (parse(text).ok) expect(text).toMatch(/^(?!\.{1,2}$)[-._a-zA-Z0-9]+$/);
    }),
    { numRuns: 500 },
  );
});
