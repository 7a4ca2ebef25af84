import { installationKeys } from '../../lib/installation/installation-file.ts';
import { parseInstallation, problemText } from '../../lib/installation/parse.ts';
import { edited, errorsIn, home } from '../installation/example.ts';

const unknown = `Known here: ${Object.keys(installationKeys.json.properties ?? {}).join(', ')}.`;
const empty = ['1:1: The file is empty. Write name, version, host, volumes, database and route.'];
const tooDeep = ['1:1: The file nests lists and mappings more than 64 levels deep.'];

describe('a file that is no mapping', () => {
  test.each([
    ['nothing', '', empty],
    ['a comment', '# later\n', empty],
    ['null', '~\n', empty],
    [
      'a list',
      '- name: home\n',
      ['1:1: A list is not a mapping. Write name, version, host and so on below it.'],
    ],
    ['a text', 'home\n', ['1:1: "home" is not a mapping. Write name, version, host and so on below it.']],
  ])('%s', (_what, text, told) => {
    expect(errorsIn(text)).toEqual(told);
  });
});

describe('text that is no YAML file of ours', () => {
  test.each([
    ['a NUL character', `${home}\0`, ['1:1: The file is not text: it has a NUL character.']],
    [
      'more than a screen of text',
      `${home}#${'x'.repeat(65536)}\n`,
      [expect.stringMatching(/^1:1: The file has \d+ characters; 65536 is the limit\./)],
    ],
    [
      'a second document',
      `${home}---\n${home}`,
      [
        '16:1: A second document begins here. Write each installation to a file of its own, and remove "---".',
      ],
    ],
    [
      'a tag of another language',
      edited(home, ['name: home', 'name: !ruby/object home']),
      ['2:7: Tags are not supported here. Remove it, or put text that begins with ! in quotes.'],
    ],
    [
      'a set',
      `${home}server: !!set { image }\n`,
      ['16:9: Tags are not supported here. Remove it, or put text that begins with ! in quotes.'],
    ],
    [
      'a directive that is none',
      `%SCRIPT x\n---\n${home}`,
      ['1:1: Directives are not supported here. Remove it, or put text that begins with % in quotes.'],
    ],
  ])('%s', (_what, text, told) => {
    expect(errorsIn(text)).toEqual(told);
  });

  test('many mistakes of syntax are cut short', () => {
    expect(errorsIn(`a: ${']'.repeat(5000)}`)).toHaveLength(10);
  });
});

describe('what an editor may add is not in the way', () => {
  test.each([
    ['a byte order mark', `\uFEFF${home}`],
    ['lines that end as on Windows', home.replaceAll('\n', '\r\n')],
    ['a marker before the document', `---\n${home}`],
    ['brackets in a comment', `# ${'['.repeat(100)}\n${home}`],
    ['a version of YAML', `%YAML 1.1\n---\n${home}`],
  ])('%s', (_what, text) => {
    expect(errorsIn(text)).toEqual([]);
  });

  test('lines and columns count the same with them', () => {
    const wrong = edited(home, ['v3.3.1', 'latest']);
    expect(errorsIn(wrong.replaceAll('\n', '\r\n'))).toEqual(errorsIn(wrong));
    expect(errorsIn(wrong)).toEqual([expect.stringMatching(/^3:10: version: /)]);
  });
});

describe('keys', () => {
  test.each([
    ['a number', '1: x\n', [`16:1: 1: "1" is not a known key. ${unknown}`]],
    ['nothing', '~: x\n', ['16:1: A key must be a text. Write name: value.']],
    ['a list', '? [a, b]\n: x\n', ['16:3: A key must be a text. Write name: value.']],
    ['a mapping', '? { a: b }\n: x\n', ['16:3: A key must be a text. Write name: value.']],
    ['a merge', '<<: { namespace: photos }\n', [`16:1: <<: "<<" is not a known key. ${unknown}`]],
    [
      'a prototype',
      '__proto__: { namespace: photos }\n',
      [`16:1: __proto__: "__proto__" is not a known key. ${unknown}`],
    ],
    [
      'a constructor',
      'constructor: x\n',
      [`16:1: constructor: "constructor" is not a known key. ${unknown}`],
    ],
  ])('%s', (_what, text, told) => {
    expect(errorsIn(home + text)).toEqual(told);
  });
});

describe('aliases', () => {
  test('stand for what they name', () => {
    const aliased = edited(
      home,
      ['library: { storageClass', 'library: &volume { storageClass'],
      ['{ storageClass: longhorn, size: 20Gi }\ndatabase', '*volume\ndatabase'],
    );
    expect(errorsIn(aliased)).toEqual([]);
    expect(parseInstallation('', aliased).installation?.volumes.models).toMatchObject({
      storageClass: 'longhorn',
    });
  });

  test('of nothing are told where they stand', () => {
    expect(errorsIn(edited(home, ['name: home', 'name: *home']))).toEqual([
      '2:7: "*home" stands for "&home", which is not defined above. To write it as text, put it in quotes.',
    ]);
  });

  test('cannot grow without bound', () => {
    const levels = 'abcdefghij'.split('').map((name, level, names) => {
      const below = level === 0 ? 'x' : `*${names[level - 1]}`;
      return `${name}: &${name} [${Array(9).fill(below).join(', ')}]\n`;
    });
    expect(errorsIn(levels.join(''))).toEqual([
      '1:1: The file repeats too much of itself by aliases. Write out what they stand for.',
    ]);
  });

  test('cannot go in circles', () => {
    const circle = `${home}server: &server { environment: *server }\n`;
    expect(errorsIn(circle)).toEqual([expect.stringMatching(/^16:32: server\.environment/)]);
  });
});

describe('depth', () => {
  test.each([
    ['brackets', '['.repeat(60_000)],
    ['brackets that close', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['brackets after others that only close', `# ${']'.repeat(1000)}\n${'['.repeat(60_000)}`],
    ['braces', '{a: '.repeat(16_000)],
    ['dashes', '- '.repeat(32_000)],
    ['dashes with tabs', '-\t'.repeat(32_000)],
    ['question marks', '? '.repeat(32_000)],
    ['colons', ': '.repeat(32_000)],
    ['keys', 'a: '.repeat(20_000)],
    ['lines', Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('of %s is bounded', (_what, text) => {
    expect(errorsIn(text)).toEqual(tooDeep);
  });

  test('of an installation is nowhere near the bound', () => {
    expect(errorsIn(`${home}server: ${'['.repeat(60)}${']'.repeat(60)}\n`)).toEqual([
      '16:9: server: A list is not a mapping. Write image, resources, user and so on below it.',
    ]);
  });
});

test('problems without a place of their own name the file alone', () => {
  expect(parseInstallation('one.yaml', '').problems.map(problemText)).toEqual([
    'one.yaml:1:1: The file is empty. Write name, version, host, volumes, database and route.',
  ]);
});
