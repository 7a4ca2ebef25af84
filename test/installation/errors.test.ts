import { parseInstallation, problemText } from '../../lib/installation/parse.ts';
import { edited, errorsIn, shippedTexts } from './example.ts';
import { mistakes } from './mistakes.ts';

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
    'installations/home.yaml:14:17: database.cnpg.backup.schedule: "0 3 * * *" has five fields; CloudNativePG reads seconds first and would run this every hour at :03. Write "0 0 3 * * *" for every day at 03:00:00.',
  ]);
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
    '12:17 database.cnpg.backup.schedule',
    '13:18 database.cnpg.backup.retention',
    '14:47 database.cnpg.backup.s3.endpoint',
    '16:16 route.certificate',
  ]);
});
