import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { audit as findingsIn } from '../lib/audit/audit.ts';
import { explanation } from '../lib/audit/explain.ts';
import type { Finding } from '../lib/audit/finding.ts';
import { githubReport } from '../lib/audit/report/github.ts';
import { jsonReport } from '../lib/audit/report/json.ts';
import { sarifReport } from '../lib/audit/report/sarif.ts';
import { textReport } from '../lib/audit/report/text.ts';
import { RULES } from '../lib/audit/rules.ts';
import { BAD_IGNORE, silence } from '../lib/audit/silence.ts';
import { type Repository, readRepository } from '../lib/repository/repository.ts';
import { nearest } from '../lib/text/nearest.ts';
import { answered, type CommandLine, commonOptions, commonUsage, misused } from './arguments.ts';
import { nodeFiles } from './node-files.ts';
import { writeOverBanner } from './npm-banner.ts';
import { hasColor } from './style.ts';

const USAGE = `Usage: immich-cdk8s audit [options] <folder or file>

Finds what is silently wrong with Immich, its database, its backups and its Flux wiring in Kubernetes manifests.
Nothing is changed, executed, or fetched.

  --format <text|json|sarif|github>   how findings are written (default: text)
  --output <file>                     write them to a file (through a pipe: npm run --silent audit)
  --fail-on <error|warning|never>     which findings make the exit code 1 (default: error)
  --explain <rule>                    say what a rule means, with examples
  --rules                             list all rules
  --verbose                           name the files that were left out
${commonUsage}
Exit code: 0 without such findings, 1 with some, 2 when the audit could not run.
`;

const FORMATS = ['text', 'json', 'sarif', 'github'];
const FAIL_ON = ['error', 'warning', 'never'];

const OPTIONS = {
  ...commonOptions,
  format: { type: 'string', default: 'text' },
  output: { type: 'string' },
  'fail-on': { type: 'string', default: 'error' },
  explain: { type: 'string' },
  rules: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
} as const;

const command: CommandLine = { name: 'audit', usage: USAGE, options: OPTIONS, mostArguments: 1 };

/** The command: reads manifests and reports what the rules find in them. Returns the exit code. */
export function audit(args: readonly string[]): number {
  const started = performance.now();
  const code = answered(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const wrong = wrongValue(values);
  if (wrong !== undefined) return misused(wrong, command);
  if (values.rules) {
    process.stdout.write(
      [...RULES, BAD_IGNORE].map(({ id, severity, meaning }) => `${id}  ${severity}  ${meaning}\n`).join(''),
    );
    return 0;
  }
  if (values.explain !== undefined) {
    return explain(values.explain);
  }
  const [folder] = positionals;
  if (folder === undefined) return misused('No folder is given. Write one.', command);
  // npm runs scripts in the project's folder, and says in INIT_CWD where it was called.
  const root = resolve(process.env['INIT_CWD'] ?? '.', folder);
  const repository = open(root);
  if (typeof repository === 'string') {
    process.stderr.write(`${repository}\n`);
    return 2;
  }
  const rules = new Set(RULES.map(({ id }) => id));
  const findings = silence(findingsIn(repository.inventory), repository.directives, rules);
  const prefix = values.format === 'sarif' || values.format === 'github' ? prefixOf(root) : '';
  const text = report(
    values.format,
    findings.map((one) => ({ ...one, file: prefix + one.file })),
    repository,
    root,
    started,
    values.output === undefined && hasColor(values['no-color']),
  );
  if (values.output === undefined) {
    if (values.quiet && values.format === 'text' && findings.length === 0) return 0;
    const isForPrograms = values.format !== 'text';
    if (!(isForPrograms && writeOverBanner(text, args, process.env, 1))) process.stdout.write(text);
  } else {
    writeFileSync(resolve(process.env['INIT_CWD'] ?? '.', values.output), text);
  }
  if (values.verbose) {
    process.stderr.write(
      repository.skipped.map(({ file, reason }) => `left out ${file}: ${reason}\n`).join(''),
    );
  } else if (
    values.format === 'text' &&
    !values.quiet &&
    repository.skipped.some(({ reason }) => reason.startsWith('broken'))
  ) {
    process.stderr.write('Some files are broken YAML and were left out; --verbose names them.\n');
  }
  return findings.some(({ severity }) => severity === 'error' || severity === values['fail-on']) &&
    values['fail-on'] !== 'never'
    ? 1
    : 0;
}

function wrongValue(values: { readonly format: string; readonly 'fail-on': string }): string | undefined {
  if (!FORMATS.includes(values.format)) {
    return `--format ${values.format} is not known. Write one of ${FORMATS.join(', ')}.`;
  }
  return FAIL_ON.includes(values['fail-on'])
    ? undefined
    : `--fail-on ${values['fail-on']} is not known. Write one of ${FAIL_ON.join(', ')}.`;
}

function explain(id: string): number {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) {
    const near = nearest(
      id,
      RULES.map((one) => one.id),
    );
    process.stderr.write(
      `There is no rule "${id}". ${near === undefined ? 'List them with --rules.' : `Did you mean ${near}?`}\n`,
    );
    return 2;
  }
  process.stdout.write(explanation(rule));
  return 0;
}

/** The repository, or a sentence that says why there is nothing to audit. */
function open(root: string): Repository | string {
  try {
    const repository = statSync(root).isDirectory()
      ? readRepository(nodeFiles(root))
      : readRepository(nodeFiles(dirname(root)), basename(root));
    return repository.objects === 0 ? `${root} holds no Kubernetes objects.` : repository;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? `There is no ${root}.`
      : `${root} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What code scanning and annotations need in front of files, which they look for in the working folder. */
function prefixOf(root: string): string {
  const folder = statSync(root).isDirectory() ? root : dirname(root);
  const way = relative(resolve(process.env['INIT_CWD'] ?? '.'), folder);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? '' : `${way.split(sep).join('/')}/`;
}

function report(
  format: string,
  findings: readonly Finding[],
  { inventory, files, objects, skipped }: Repository,
  root: string,
  started: number,
  color: boolean,
): string {
  switch (format) {
    case 'json':
      return jsonReport(findings);
    case 'sarif':
      return sarifReport(findings, [...RULES, BAD_IGNORE]);
    case 'github':
      return githubReport(findings);
    default:
      return textReport(
        findings,
        {
          files,
          objects,
          leftOut: new Set(skipped.map(({ file }) => file)).size,
          workloads: inventory.workloads.length,
          milliseconds: performance.now() - started,
        },
        {
          color,
          lineOf: lineReader(root),
        },
      );
  }
}

function lineReader(root: string): (file: string, line: number) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    let lines = files.get(file);
    if (lines === undefined) {
      lines = linesOf(root, file);
      files.set(file, lines);
    }
    return lines[line - 1];
  };
}

function linesOf(root: string, file: string): readonly string[] {
  for (const path of [join(root, file), join(dirname(root), file)]) {
    try {
      return readFileSync(path, 'utf8').split(/\r?\n/);
    } catch {
      // A single file was audited, so that its folder is the one above.
    }
  }
  return [];
}
