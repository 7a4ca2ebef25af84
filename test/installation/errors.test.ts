import { parseInstallation, problemExcerpt, problemText } from '../../lib/installation/parse.ts';
import { edited, errorsIn, homeWithoutBackup, shippedTexts } from './example.ts';
import { type Mistake, mistakes } from './mistakes.ts';

describe.each(mistakes)('$what', ({ base, from, wrong, right, told }) => {
  test('is told, where it stands', () => {
    expect(told).not.toEqual([]);
    expect(errorsIn(edited(shippedTexts[base], [from, wrong]))).toEqual(told);
  });

  test('is not told of what is right', () => {
    expect(errorsIn(edited(shippedTexts[base], [from, right]))).toEqual([]);
  });
});

test('no two mistakes have one name', () => {
  expect(new Set(mistakes.map(({ what }) => what)).size).toBe(mistakes.length);
});

test.each(Object.entries(shippedTexts))('the %s that ships has no errors', (name, text) => {
  const parsed = parseInstallation(`installations/${name}.yaml`, text);
  expect(parsed.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(parsed.installation?.name).toBe(name);
});

test('a problem is one line, with the file, the line, the column and the keys that lead to it', () => {
  const text = edited(shippedTexts.home, ['    backup:\n', '    backup:\n      schedule: "0 3 * * *"\n']);
  const { problems } = parseInstallation('installations/home.yaml', `\n\n${text}`);
  expect(problems.filter(({ severity }) => severity === 'error').map(problemText)).toEqual([
    'installations/home.yaml:15:17: database.cnpg.backup.schedule: "0 3 * * *" has five fields; CloudNativePG reads seconds first and would run this every hour at :03. Write "0 0 3 * * *" for every day at 03:00:00.',
  ]);
});

describe('the line of a problem', () => {
  const excerptOf = (from: string, to: string) =>
    parseInstallation('home.yaml', edited(shippedTexts.home, [from, to]))
      .problems.filter(({ severity }) => severity === 'error')
      .flatMap((problem) => problemExcerpt(problem));

  test('is shown with a caret under the value', () => {
    expect(excerptOf('500Gi', '"500GB"')).toEqual([
      `    |   library: { storageClass: longhorn, size: "500GB", ${homeWithoutBackup} }`,
      '    |                                            ^^^^^^^',
    ]);
  });

  test('is shown where the text is no YAML', () => {
    expect(excerptOf('host: photos.example.com', 'host: "photos.example.com')[0]).toMatch(/^ {4}\| /);
  });

  test.each([
    ['an address', 'https://s3.example.com', 'https://user:hunter2@s3.example.com'],
    ['a named value', 'host: photos.example.com', 'password: hunter2\nhost: photos.example.com'],
    ['another value of the line', 'size: 500Gi,', 'password: hunter2, size: 500gb,'],
    ['text that is no YAML', 'host: photos.example.com', 'password: "hunter2'],
  ])('shows no secret: %s', (_what, from, to) => {
    const lines = excerptOf(from, to);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain('hunter2');
  });
});

test('all mistakes of a file are told at once, from top to bottom', () => {
  const text = edited(
    shippedTexts.home,
    ['name: home', 'name: Home'],
    ['v3.3.1', '3.3'],
    ['500Gi', '500gb'],
    ['models:', 'modles:'],
    ['    backup:\n', '    backup:\n      schedule: "0 3 * * *"\n      retention: 14 days\n'],
    ['https://s3', 'http:/s3'],
    ['clusterIssuer', 'clusterIsuer'],
  );
  const errors = errorsIn(text);
  expect(errors.map((error) => error.split(': ').slice(0, 2).join(' '))).toEqual([
    '2:7 name',
    '3:10 version',
    '6:3 volumes',
    '6:44 volumes.library.size',
    '7:3 volumes.modles',
    '13:17 database.cnpg.backup.schedule',
    '14:18 database.cnpg.backup.retention',
    '15:47 database.cnpg.backup.s3.endpoint',
    '17:18 route.certificate.clusterIsuer',
  ]);
});

describe('any two mistakes of a file are told in one run', () => {
  // What ends the reading of the text itself hides everything else, and of two databases neither is read.
  const independent = mistakes.filter(
    ({ what, told }) =>
      what !== 'two databases' && told.every((problem) => /^\d+:\d+: [\w.<>-]+: /.test(problem)),
  );

  test.each(independent.map((one, index) => [one.what, one, independent.slice(index + 1)] as const))(
    '%s, and another one',
    (_what, one, others) => {
      for (const other of others) {
        const text = other.base === one.base ? withBoth(shippedTexts[one.base], one, other) : undefined;
        if (text === undefined || hides(one, other) || hides(other, one)) continue;
        const errors = errorsIn(text);
        // Both wrote the same key.
        if (errors.some((error) => error.includes('is written twice'))) continue;
        expect({ other: other.what, told: keysIn(errors) }).toEqual({
          other: other.what,
          told: expect.arrayContaining([...keysIn(one.told), ...keysIn(other.told)]),
        });
      }
    },
  );
});

/** A text with two mistakes; undefined where both are at the same place. */
function withBoth(text: string, one: Mistake, other: Mistake): string | undefined {
  const [first = one, second = other] = [one, other].sort(
    (a, b) => text.indexOf(a.from) - text.indexOf(b.from),
  );
  const end = text.indexOf(first.from) + first.from.length;
  const start = text.indexOf(second.from);
  return start < end
    ? undefined
    : edited(text.slice(0, end), [first.from, first.wrong]) +
        text.slice(end, start) +
        edited(text.slice(start), [second.from, second.wrong]);
}

/** Whether the value that shows one mistake cannot be read because of another. */
function hides(hidden: Mistake, other: Mistake): boolean {
  const { needs } = hidden;
  return needs !== undefined && keysIn(other.told).some((key) => key.startsWith(needs));
}

/** The keys that errors are about, without lines and words. */
function keysIn(errors: readonly string[]): string[] {
  return errors.map((error) => error.split(': ')[1] ?? '');
}
