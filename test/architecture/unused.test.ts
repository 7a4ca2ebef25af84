import { readdirSync, readFileSync } from 'node:fs';

/** Every source file of the programs, without comments: what only tests use is not of the program. */
const programs = new Map(
  ['lib', 'cli', 'site', 'corpus', 'bench']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    )
    .concat(readdirSync('.'))
    .filter((path) => /(?<!\.d)\.(ts|mjs|cjs)$/.test(path))
    .map((path): [string, string] => [path, withoutComments(readFileSync(path, 'utf8'))]),
);

function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*\*?[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '');
}

/** The functions, constants and classes that a file exports and no program names, not even the file itself. */
function unusedIn(files: ReadonlyMap<string, string>): string[] {
  const counts = new Map<string, number>();
  for (const text of files.values()) {
    for (const [name] of text.matchAll(/[A-Za-z_$][\w$]*/g)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...files]
    .filter(([path]) => /^(lib|cli)\//.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(/^export (?:async |abstract )?(?:function\*?|const|class) ([\w$]+)/gm)].flatMap(
        ([, name = '']) => (counts.get(name) === 1 ? [`${path}: ${name}`] : []),
      ),
    );
}

test('whatever is exported is used by a program', () => {
  expect(unusedIn(programs)).toEqual([]);
});

test('a function that nobody calls is found, and one that a comment names too', () => {
  const text = 'export function idle() {}\nexport const busy = 1;\nexport const other = busy;';
  const files = new Map([
    ['lib/a.ts', text],
    ['cli/b.ts', withoutComments("// idle is not called\nimport { other } from '../lib/a.ts';")],
  ]);
  expect(unusedIn(files)).toEqual(['lib/a.ts: idle']);
});
