import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import ts from 'typescript-api';
import { describeConstructs } from '../../construct-descriptions.ts';
import * as api from '../../lib/index.ts';
import { type ConstructDescription, constructsPage } from '../../lib/reference/constructs-page.ts';
import { home } from '../installation/example.ts';

const repository = join(__dirname, '../..');
const { constructs, types } = describeConstructs(join(repository, 'lib/index.ts'));

test('docs/constructs.md is what `npm run docs` writes', () => {
  expect(constructsPage(constructs, types)).toBe(
    readFileSync(join(repository, 'docs/constructs.md'), 'utf8'),
  );
});

test('every exported construct is there, and each of its properties and handles says what it is', () => {
  const names = Object.entries(api).flatMap(([name, value]) =>
    typeof value === 'function' && /^class \w+ extends/.test(value.toString()) ? [name] : [],
  );
  expect(names).toContain('ImmichServer');
  expect(constructs.map(({ name }) => name).sort()).toEqual(names.sort());
  const silent = constructs.flatMap(({ name, description, example, props, handles }) => [
    ...(description === '' || example === '' ? [name] : []),
    ...[...props, ...handles]
      .filter((member) => member.description === '' || member.type === '')
      .map((member) => `${name}.${member.name}`),
    ...props
      .filter(({ isRequired, standard }) => isRequired === (standard !== undefined))
      .map((prop) => `${name}.${prop.name}: @default`),
  ]);
  expect(silent).toEqual([]);
});

/** The order in which the examples can run: each uses what stands before it. */
const order = [
  ...[
    'Volume',
    'Valkey',
    'ValkeyClaim',
    'PostgresDatabase',
    'DatabaseBackup',
    'RestoreDrill',
    'FileDrill',
    'DumpImport',
    'VectorIndexes',
  ],
  ...[
    'ImmichMachineLearning',
    'ImmichServer',
    'TraefikRoute',
    'GatewayRoute',
    'ImmichIngress',
    'NetworkPolicies',
    'Immich',
  ],
];

const inOrder = order.flatMap((name) => constructs.find((construct) => construct.name === name) ?? []);
const program = (examples: readonly ConstructDescription[]) =>
  examples.map(({ example }) => example).join('\n');

test('the examples run together, and make objects', () => {
  expect(inOrder).toHaveLength(constructs.length);
  const chart = Testing.chart();
  const names = constructs.map(({ name }) => name);
  const { outputText } = ts.transpileModule(program(inOrder), {
    compilerOptions: { target: ts.ScriptTarget.ES2023 },
  });
  const run = new Function('chart', 'readFileSync', ...names, outputText);
  run(chart, () => home, ...names.map((name) => Object.entries(api).find(([key]) => key === name)?.[1]));
  const kinds = Testing.synth(chart).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['Deployment', 'Cluster', 'IngressRoute', 'CronJob']));
});

describe('the compiler', () => {
  const preamble = [
    "import { readFileSync } from 'node:fs';",
    "import type { Chart } from 'cdk8s';",
    `import { ${order.join(', ')} } from 'immich-cdk8s';`,
    'declare const chart: Chart;',
  ].join('\n');
  const errorsIn = (source: string) => {
    const file = join(repository, 'examples.ts');
    const options: ts.CompilerOptions = {
      ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, strict: true, noEmit: true },
      ...{ exactOptionalPropertyTypes: true, allowImportingTsExtensions: true, skipLibCheck: true },
      ...{ paths: { 'immich-cdk8s': [join(repository, 'lib/index.ts')] } },
      ...{ types: ['node'], typeRoots: [join(repository, 'node_modules/@types')] },
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getSourceFile = (name, ...rest) =>
      name === file
        ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023)
        : getSourceFile(name, ...rest);
    const all = ts.createProgram([file], options, host);
    return all
      .getSemanticDiagnostics(all.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  };

  test('takes the examples as they are, and not with a wrong type', () => {
    const examples = `${preamble}\n${program(inOrder)}`;
    expect(errorsIn(examples)).toEqual([]);
    expect(errorsIn(examples.replace("size: '20Gi' }", 'size: 20 }')).join('\n')).toContain('number');
  });

  test('takes the app that the page begins with', () => {
    const app = /```ts\n(.*?)```/s.exec(constructsPage(constructs, types))?.[1] ?? '';
    expect(app).toContain('app.synth()');
    expect(errorsIn(app)).toEqual([]);
  });
});
