import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { readSourceFiles } from './imports.ts';

const sources = readSourceFiles();
const others = ['test', 'e2e', 'bench'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(`${folder}/${path}`, 'utf8') })),
);

/** The functions, classes and constants that a file exports. Types go along with the functions they stand in. */
function exportsOf(text: string): string[] {
  return [...text.matchAll(/^export (?:abstract )?(?:function\*?|class|const) (\w+)/gm)].map(
    ([, name = '']) => name,
  );
}

/** What a file takes by name from other files of ours, as `path name`. */
function takenBy({ path, text }: { readonly path: string; readonly text: string }): string[] {
  const statements = text.matchAll(/^(?:import|export)\s*(?:type\s*)?\{([^}]*)\}\s*from\s*'(\.[^']*)'/gm);
  const calls = text.matchAll(/\{([^{}]*)\}\s*=\s*await import\('(\.[^']*)'\)/g);
  const parts = [...text.matchAll(/await import\('(\.[^']*)'\)\)\.(\w+)/g)].map(([, from, name]) => [
    '',
    name,
    from,
  ]);
  return [...statements, ...calls, ...parts].flatMap(([, names = '', from = '']) =>
    names
      .split(',')
      .map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(/ as |:/)[0],
      )
      .map((name) => `${posix.join(dirname(path), from)} ${name}`),
  );
}

/** What is exported although nothing takes it, but perhaps the test of the file itself. */
function unused(files: readonly { readonly path: string; readonly text: string }[]): string[] {
  const taken = new Map<string, Set<string>>();
  for (const file of files) {
    for (const one of takenBy(file)) taken.set(one, (taken.get(one) ?? new Set()).add(file.path));
  }
  return files
    .filter(({ path }) => /^(lib|cli)\//.test(path))
    .flatMap(({ path, text }) => {
      const ownTest = path
        .replace(/^lib\//, 'test/')
        .replace(/^cli\//, 'test/cli/')
        .replace('.ts', '.test.ts');
      return exportsOf(text)
        .map((name) => `${path} ${name}`)
        .filter((one) => [...(taken.get(one) ?? [])].every((user) => user === ownTest));
    });
}

test('nothing is exported that nobody needs', () => {
  expect(unused([...sources, ...others])).toEqual([]);
});

test('the test sees what is needed by nobody, or by its own test alone', () => {
  const file = {
    path: 'lib/a/a.ts',
    text: 'export const one = 1;\nexport function two() {}\nexport class Three {}',
  };
  const own = { path: 'test/a/a.test.ts', text: "import { one, two } from '../../lib/a/a.ts';" };
  expect(unused([file, own])).toEqual(['lib/a/a.ts one', 'lib/a/a.ts two', 'lib/a/a.ts Three']);
  const users = [
    { path: 'cli/b.ts', text: "import { type Three,\n  one as first } from '../lib/a/a.ts';" },
    { path: 'cli/c.ts', text: "(await import('../lib/a/a.ts')).two();" },
  ];
  expect(unused([file, own, ...users])).toEqual([]);
});

test.each([
  "'cnpg.io/cluster",
  'selector cnpg.io/cluster',
  "'cnpg.io/podRole",
  "'barman-cloud.cloudnative-pg.io",
])('%s stands in lib/cnpg alone', (literal) => {
  const places = sources.filter(({ text }) => text.includes(literal)).map(({ path }) => path);
  expect(places.filter((path) => path !== 'lib/cnpg/names.ts')).toEqual([]);
});
