import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { answerAtOnce, type CommandLine, commonOptions, refuseUsage } from '../cli/arguments.ts';
import { adoptionIn, adoptionText } from './adopted.ts';
import { type Audited, auditOf, type Failed } from './audited.ts';
import { gaps, repositoryTable, ruleTable, sampleText } from './report.ts';
import { sampleOf } from './sample.ts';

const usage = `Usage: npm run corpus -- [options] <folder> [folder...]

Audits many repositories: how often each rule speaks, how long each repository takes, what was not understood, and findings to judge
by hand, the same for the same repositories. One folder holds repositories; of several each is one.

  --errors <number>      how many errors are shown (default: 50)
  --warnings <number>    how many warnings are shown (default: 30)
  --rule <rule>          show findings of this rule alone
  --adopt                adopt the Immich of each instead, and say how many give a file that synth accepts
  --help                 print this
`;

const options = {
  ...commonOptions,
  errors: { type: 'string', default: '50' },
  warnings: { type: 'string', default: '30' },
  rule: { type: 'string' },
  adopt: { type: 'boolean', default: false },
} as const;

const command: CommandLine = { name: 'corpus', usage: usage, options: options, mostArguments: 10_000 };

process.exitCode = corpus(process.argv.slice(2));

function corpus(args: readonly string[]): number {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: options, allowPositionals: true });
  const sizes = { error: Number(values.errors), warning: Number(values.warnings) };
  if (!Object.values(sizes).every((size) => Number.isInteger(size) && size >= 0)) {
    return refuseUsage('--errors and --warnings take a number. Write --errors 100.', command);
  }
  const folders = foldersIn(positionals.map((path) => resolve(process.env['INIT_CWD'] ?? '.', path)));
  if (typeof folders === 'string') return refuseUsage(folders, command);
  if (values.adopt) {
    const found = folders.flatMap((folder) => adoptionIn(folder) ?? []);
    process.stdout.write(adoptionText(found));
    return found.some(({ refused }) => refused.some((line) => line.startsWith('THROWN'))) ? 1 : 0;
  }
  const all: Audited[] = [];
  const failed: Failed[] = [];
  for (const folder of folders) {
    const one = auditOf(dirname(folder), basename(folder));
    if ('reason' in one) failed.push(one);
    else all.push(one);
  }
  const shown = values.rule === undefined ? all : all.map((one) => withRule(one, values.rule));
  process.stdout.write(
    [
      `Repositories\n\n${repositoryTable(all)}`,
      `Rules\n\n${ruleTable(all)}`,
      `Not understood or not read\n\n${gaps(all, failed)}`,
      `Errors to judge\n\n${sampleText(sampleOf(shown, 'error', sizes.error))}`,
      `Warnings to judge\n\n${sampleText(sampleOf(shown, 'warning', sizes.warning))}`,
    ].join('\n'),
  );
  return failed.length === 0 ? 0 : 1;
}

function withRule(one: Audited, rule: string | undefined): Audited {
  return { ...one, findings: one.findings.filter((finding) => finding.rule === rule) };
}

/** The folders of repositories, in the order of their names; a sentence where there are none. */
function foldersIn(paths: readonly string[]): string[] | string {
  const [only, ...others] = paths;
  if (only === undefined) return 'No folder is given. Write one that holds repositories.';
  const missing = paths.find((path) => !isFolder(path));
  if (missing !== undefined) return `There is no folder ${missing}.`;
  if (others.length > 0) return [...paths];
  const found = readdirSync(only)
    .map((name) => join(only, name))
    .filter(isFolder);
  return found.length === 0 ? `${only} holds no folders.` : found.sort();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
