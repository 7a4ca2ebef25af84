import { circlesIn, importsOf, partOf, readSourceFiles } from './imports.ts';

const files = readSourceFiles();

/** Who may import whom. What stands in no list may import nothing; everybody may import `text`. */
const allowed: { readonly [part: string]: readonly string[] } = {
  text: [],
  values: [],
  names: [],
  cnpg: ['values'],
  schema: ['values'],
  // Immich's configuration is a part of the installation file, described with the same combinators.
  immich: ['schema', 'values'],
  installation: ['schema', 'immich', 'cnpg', 'values', 'names'],
  // The throw-away database is a text inside of a ConfigMap.
  drill: ['installation', 'kubernetes', 'dist', 'manifests', 'immich', 'values', 'names', 'cnpg'],
  // A comment on a built object is the one that is later written beside it.
  kubernetes: ['installation', 'manifests', 'values', 'names', 'cnpg'],
  plan: ['installation', 'immich', 'cnpg', 'values', 'names', 'drill', 'kubernetes'],
  // The value of Immich's configuration file is written by the same YAML writer as dist.
  components: [
    'schema',
    'kubernetes',
    'names',
    'values',
    'installation',
    'immich',
    'cnpg',
    'plan',
    'drill',
    'dist',
    'manifests',
  ],
  // What has been read already is handed to components as `Checked`, which is of the schema.
  layers: [
    'components',
    'plan',
    'drill',
    'installation',
    'schema',
    'kubernetes',
    'immich',
    'cnpg',
    'names',
    'values',
  ],
  // Keys are written as dist writes them.
  migration: ['installation', 'immich', 'dist', 'values'],
  runbook: ['plan', 'installation', 'drill', 'immich', 'cnpg', 'names', 'values', 'kubernetes'],
  manifests: ['values', 'immich', 'cnpg'],
  repository: ['manifests', 'values'],
  // Silencing comments are read where files are read.
  audit: ['manifests', 'immich', 'cnpg', 'values', 'repository'],
  changes: ['manifests', 'immich', 'cnpg', 'values', 'dist'],
  dist: ['manifests', 'values'],
  synthesis: [
    'layers',
    'plan',
    'installation',
    'kubernetes',
    'manifests',
    'audit',
    'changes',
    'dist',
    'runbook',
    'components',
    'names',
    'cnpg',
  ],
  reference: ['installation', 'schema', 'audit'],
};

/** Files outside of `cli/` that touch the file system, until they take it as an interface. */
const touchFiles = new Set(['lib/dist/folder.ts', 'lib/dist/staging.ts', 'lib/repository/folder.ts']);

const touching = ['node:fs', 'node:fs/promises', 'node:process', 'node:child_process'];

test('each part imports only what lies below it', () => {
  const wrong = files
    // What is exported may be anything.
    .filter(({ path }) => path.startsWith('lib/') && path !== 'lib/index.ts')
    .flatMap(({ path, imports }) => {
      const known = allowed[partOf(path)] ?? [];
      const parts = new Set(imports.filter((one) => one.startsWith('lib/')).map(partOf));
      return [...parts]
        .filter((part) => part !== 'text' && part !== partOf(path) && !known.includes(part))
        .map((part) => `${path} -> ${part}`);
    });
  expect(wrong).toEqual([]);
});

test('nothing in lib imports the commands', () => {
  const wrong = files.filter(
    ({ path, imports }) => path.startsWith('lib/') && imports.some((one) => /^(cli\/|[^/]+\.ts$)/.test(one)),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('files import each other in no circle', () => {
  expect(circlesIn(new Map(files.map(({ path, imports }) => [path, new Set(imports)])))).toEqual([]);
});

test('folders import each other in no circle', () => {
  const graph = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const part = partOf(path);
    const inner = graph.get(part) ?? new Set();
    for (const one of imports) if (/^(lib|cli)\//.test(one) && partOf(one) !== part) inner.add(partOf(one));
    graph.set(part, inner);
  }
  expect(circlesIn(graph)).toEqual([]);
});

test.each(['audit', 'changes'])('%s knows neither cdk8s nor installations, by whatever way', (part) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set(files.filter(({ path }) => partOf(path) === part).map(({ path }) => path));
  for (const path of reached) for (const one of byPath.get(path)?.imports ?? []) reached.add(one);
  const wrong = [...reached].filter(
    (one) => /^(@?cdk8s|constructs)/.test(one) || one.startsWith('lib/installation/'),
  );
  expect(wrong).toEqual([]);
});

test('only the commands touch files and processes', () => {
  const wrong = files.filter(
    ({ path, text, imports }) =>
      path.startsWith('lib/') &&
      (imports.some((one) => touching.includes(one)) || /^[^*/]*\bprocess\.[a-z]/m.test(text)),
  );
  expect(wrong.map(({ path }) => path).filter((path) => !touchFiles.has(path))).toEqual([]);
});

test('types of the reading side end in View', () => {
  const names = files
    .filter(({ path }) => /^lib\/(manifests|audit)\/views\//.test(path))
    .flatMap(({ text }) => [...text.matchAll(/^export interface (\w+)/gm)].map(([, name]) => name));
  expect(names).toContain('WorkloadView');
  expect(names.filter((name) => !/(View|Violation)$/.test(name ?? ''))).toEqual([]);
});

test('files have 250 lines at most', () => {
  const long = files.filter(({ text }) => text.trimEnd().split('\n').length > 250);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('there are no casts and no any', () => {
  const wrong = files.flatMap(({ path, text }) => castsIn(text).map((line) => `${path}: ${line}`));
  expect(wrong).toEqual([]);
});

/** Lines of code with a cast, an `any` or a non-null assertion. Comments and texts are taken out first. */
function castsIn(text: string): string[] {
  const code = withoutTemplates(text)
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/\/\/[^\n]*/g, '')
    .replace(/^(?:import|export)\s[^;=]*?from\s*'';?/gm, '')
    .replace(/^import \* as .*/gm, '');
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\bas (?!const\b)[A-Za-z{[(]/.test(line) || /[:<,|]\s*any\b/.test(line));
}

/** Template literals taken out, the inner ones first. */
function withoutTemplates(text: string): string {
  const plain = text.replace(/`(?:[^`\\$]|\\[\s\S]|\$(?!\{)|\$\{[^`{}]*\})*`/g, "''");
  return plain === text ? text : withoutTemplates(plain);
}

describe('the test itself sees', () => {
  test('imports of every form', () => {
    const text =
      "import './a.ts';\nimport {\n  b,\n} from '../b/b.ts';\nexport * from './c.ts';\nimport type { D } from \"d\";\nconst e = import('./e.ts');\n";
    expect(importsOf('lib/x/y.ts', text)).toEqual([
      'lib/x/a.ts',
      'lib/b/b.ts',
      'lib/x/c.ts',
      'd',
      'lib/x/e.ts',
    ]);
  });

  test('circles, and none where there are none', () => {
    const way = new Map([['a', new Set(['b'])]]);
    expect(circlesIn(way)).toEqual([]);
    expect(circlesIn(new Map([...way, ['b', new Set(['a'])]]))).toEqual(['a -> b -> a']);
  });

  test('casts, but not what looks like one', () => {
    expect(castsIn('const a = b as string;\nlet c: any;')).toHaveLength(2);
    expect(castsIn("const a = ['x'] as const; // as good as any\nconst b = 'c as D';")).toEqual([]);
  });
});
