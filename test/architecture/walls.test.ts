import { isBuiltin } from 'node:module';
import { circlesIn, importsOf, partOf, readSourceFiles, type SourceFile } from './imports.ts';

const files = readSourceFiles();

/** Who may import whom. What stands in no list may import nothing; everybody may import `text`. */
const allowed: { readonly [part: string]: readonly string[] } = {
  text: [],
  files: [],
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
  // Links lead to the chapters of the runbook.
  overview: ['layers', 'plan', 'installation', 'kubernetes', 'names', 'values', 'runbook'],
  manifests: ['values', 'immich', 'cnpg'],
  repository: ['files', 'manifests', 'values'],
  // Silencing comments are read where files are read.
  audit: ['manifests', 'immich', 'cnpg', 'values', 'repository'],
  changes: ['manifests', 'immich', 'cnpg', 'values', 'dist'],
  // Annotations and SARIF are written as the audit's.
  review: ['changes', 'manifests', 'repository', 'files', 'dist', 'audit', 'values'],
  dist: ['files', 'manifests', 'values'],
  synthesis: [
    'layers',
    'plan',
    'installation',
    'kubernetes',
    'manifests',
    'audit',
    'changes',
    'dist',
    'overview',
    'runbook',
    'components',
    'names',
    'cnpg',
    // Of what is encrypted in git only a look says whether it is there.
    'files',
    'values',
  ],
  upgrade: [
    'synthesis',
    'changes',
    'runbook',
    'plan',
    'installation',
    'manifests',
    'immich',
    'cnpg',
    'values',
  ],
  // It is a drill, with the objects of an installation on its copy.
  rehearsal: [
    'components',
    'drill',
    'plan',
    'installation',
    'schema',
    'kubernetes',
    'manifests',
    'dist',
    'immich',
    'cnpg',
    'names',
    'values',
  ],
  // What people have is read as the audit reads it, and judged as synth and review judge.
  adoption: [
    'synthesis',
    'audit',
    'changes',
    'repository',
    'files',
    'manifests',
    'installation',
    'dist',
    'immich',
    'cnpg',
    'names',
    'values',
    'kubernetes',
  ],
  // Commands that mend are those of the runbook.
  doctor: [
    'plan',
    'installation',
    'drill',
    'runbook',
    'manifests',
    'changes',
    'immich',
    'cnpg',
    'names',
    'values',
    'kubernetes',
  ],
  reference: ['installation', 'schema', 'audit'],
};

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

test('lib needs nothing of Node, so that it also runs in a browser', () => {
  const wrong = files.filter(({ path }) => path.startsWith('lib/')).flatMap(nodeIn);
  expect(wrong).toEqual([]);
});

/** What a file asks of Node: its modules, with and without `node:`, and the globals that no browser has. */
function nodeIn({ path, text, imports }: SourceFile): string[] {
  const modules = imports.filter((one) => isBuiltin(one));
  const globals = codeOf(text).match(
    /(?<![.\w])(?:Buffer|process|require|global|__dirname|__filename)(?![\w:])/g,
  );
  return [...modules, ...(globals ?? [])].map((one) => `${path}: ${one}`);
}

test('only cli/terminal.ts prints, and what it prints shows no secret', () => {
  const wrong = files
    .filter(({ path }) => /^(?:cli|lib)\//.test(path) && path !== 'cli/terminal.ts')
    .flatMap(({ path, text }) => printsIn(text).map((line) => `${path}: ${line}`));
  expect(wrong).toEqual([]);
});

test('JSON for programs is made by showJson, text by text', () => {
  // These write files.
  const others = ['cli/init/renovate.ts', 'lib/components/dashboard.ts', 'lib/rehearsal/files.ts'];
  const writers = files.filter(({ text }) => /\bJSON\.stringify\(.*, 2\)/.test(text)).map(({ path }) => path);
  expect(writers.sort()).toEqual([...others, 'lib/text/shown.ts'].sort());
});

/** Lines of code that write to a terminal or a pipe. */
function printsIn(text: string): string[] {
  return codeOf(text)
    .split('\n')
    .filter((line) => /\bconsole\s*\.|\bstd(?:out|err)\s*[.?]+\s*write\b/.test(line));
}

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

/** Lines of code with a cast, an `any` or a non-null assertion. */
function castsIn(text: string): string[] {
  return codeOf(text)
    .replace(/^(?:import|export)\s[^;=]*?from\s*'';?/gm, '')
    .replace(/^import \* as .*/gm, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\bas (?!const\b)[A-Za-z{[(]/.test(line) || /[:<,|]\s*any\b/.test(line));
}

test('what is done on a condition stands in braces, or on the line of the condition', () => {
  const wrong = files.flatMap(({ path, text }) => bracesMissingIn(text).map((line) => `${path}: ${line}`));
  expect(wrong).toEqual([]);
});

/** Lines with a condition or a loop whose body is on the next line. */
function bracesMissingIn(text: string): string[] {
  return codeOf(text)
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => /^(?:\} )?(?:else )?(?:if|for|while) \(.*\)$/.test(line) || /^(?:\} )?else$/.test(line),
    );
}

/** A text without comments, and without what stands in quotes. */
function codeOf(text: string): string {
  return withoutTemplates(text)
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/\/\/[^\n]*/g, '');
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

  test('what is of Node, but not what looks like it', () => {
    const bad = "const a = Buffer.from('');\nif (process.env.B) require('c');";
    const file = (text: string, ...imports: string[]) => ({ path: 'a.ts', text, imports });
    expect(nodeIn(file(bad, 'node:os', 'fs'))).toEqual(
      ['node:os', 'fs', 'Buffer', 'process', 'require'].map((one) => `a.ts: ${one}`),
    );
    const good = "// the process\nconst a = { process: one.Buffer, processes: 'require' };";
    expect(nodeIn(file(good, 'yaml', 'lib/files/files.ts'))).toEqual([]);
  });

  test('what prints, but not what asks how wide a terminal is', () => {
    expect(printsIn("process.stdout.write('a');\nconsole.error('b');")).toHaveLength(2);
    expect(printsIn("// console.log\nconst { columns } = process.stderr;\nfile.write('a');")).toEqual([]);
  });

  test('missing braces, but none on the line of a condition', () => {
    expect(bracesMissingIn('if (a)\n  b();\nelse\n  c();')).toEqual(['if (a)', 'else']);
    expect(bracesMissingIn('if (a) b();\nfor (const c of d) {\n  c();\n}')).toEqual([]);
  });

  test('casts, but not what looks like one', () => {
    expect(castsIn('const a = b as string;\nlet c: any;')).toHaveLength(2);
    expect(castsIn("const a = ['x'] as const; // as good as any\nconst b = 'c as D';")).toEqual([]);
  });
});
