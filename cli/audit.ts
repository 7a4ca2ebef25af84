import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { baselineText, goneOf, type KnownFindings, newAmong } from '../lib/audit/baseline.ts';
import { explanation } from '../lib/audit/explain.ts';
import { type Finding, severities } from '../lib/audit/finding.ts';
import { repositoryFindings } from '../lib/audit/repository-findings.ts';
import { allRules } from '../lib/audit/rules.ts';
import { ruleSuggestion, selectionOf } from '../lib/audit/selection.ts';
import { commentRules } from '../lib/audit/silence.ts';
import { missedText, type Understanding, understandingOf } from '../lib/audit/understanding.ts';
import type { Repository } from '../lib/repository/repository.ts';
import { quote } from '../lib/text/quoting.ts';
import { countOf } from '../lib/text/severity.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import { knownAt, knownByBaseline } from './audit/known.ts';
import { formats, reportIn } from './audit/report.ts';
import { read, type Subject, subjectAt } from './audit/subject.ts';
import { writeOverBanner } from './npm-banner.ts';
import { Progress } from './progress.ts';
import { styleFor } from './style.ts';
import { print, printError, printShown, screen } from './terminal.ts';

const usage = `Usage: immich-cdk8s audit [options] <folder or file>

Finds what is silently wrong with Immich, its database, its backups and its Flux wiring in Kubernetes manifests.
Nothing is changed, executed, or fetched.

  --format <text|json|sarif|github>      how findings are written (default: text)
  --output <file>                        write them to a file (through a pipe: npm run --silent audit)
  --fail-on <error|warning|never>        which findings make the exit code 1 (default: error)
  --select <rule,...>                    ask these rules alone
  --ignore <rule,...>                    leave these rules out
  --min-severity <error|warning|info>    tell nothing milder (default: info)
  --diff <ref>                           tell what came since HEAD and <ref>, such as origin/main, parted; untracked files
                                         included
  --write-baseline <file>                write the findings to a file, to be known from then on
  --baseline <file>                      tell what that file does not know, and what became graver
  --explain <rule>                       say what a rule means, with examples
  --rules                                list all rules
  --verbose                              name the files that were left out
${commonUsage}
Exit code: 0 without such findings, 1 with some, 2 when the audit could not run.
`;

const failLevels = ['error', 'warning', 'never'];

const options = {
  ...commonOptions,
  format: { type: 'string', default: 'text' },
  output: { type: 'string' },
  'fail-on': { type: 'string', default: 'error' },
  select: { type: 'string', multiple: true },
  ignore: { type: 'string', multiple: true },
  'min-severity': { type: 'string', default: 'info' },
  diff: { type: 'string' },
  'write-baseline': { type: 'string' },
  baseline: { type: 'string' },
  explain: { type: 'string' },
  rules: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
} as const;

const command: CommandLine = { name: 'audit', usage: usage, options: options, mostArguments: 1 };

/** The command: reads manifests and reports what the rules find in them. Returns the exit code. */
export function audit(args: readonly string[]): number {
  const started = performance.now();
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: options, allowPositionals: true });
  const { format, output, diff, baseline } = values;
  const failOn = values['fail-on'];
  if (!formats.includes(format)) return unknownValue('--format', format, formats);
  if (!failLevels.includes(failOn)) return unknownValue('--fail-on', failOn, failLevels);
  const mildest = severities.find((one) => one === values['min-severity']);
  if (mildest === undefined) return unknownValue('--min-severity', values['min-severity'], severities);
  const selection = selectionOf(values.select ?? [], values.ignore ?? [], mildest);
  if (typeof selection === 'string') return refuseUsage(selection, command);
  const comparisons = (['diff', 'write-baseline', 'baseline'] as const).filter(
    (name) => values[name] !== undefined,
  );
  if (comparisons.length > 1) {
    return refuseUsage(`Of --${comparisons.join(' and --')} only one can be given.`, command);
  }
  if (values.rules) return listRules();
  if (values.explain !== undefined) return explain(values.explain);
  const [path] = positionals;
  if (path === undefined) return refuseUsage('No folder is given. Write one.', command);
  // npm runs scripts in the project's folder, and says in INIT_CWD where it was called.
  const called = process.env['INIT_CWD'] ?? '.';
  const root = resolve(called, path);
  const subject = subjectAt(root);
  if (subject === undefined) return cannotRun(`There is no ${root}.`);
  const progress = new Progress(screen, values.quiet);
  const repository = read(subject, progress);
  if (typeof repository === 'string') return cannotRun(repository);
  progress.at(`Judging ${countOf(repository.objects, 'object')}`);
  const all = progress.until(() => repositoryFindings(repository, subject.only === undefined, selection));
  const understanding = understandingOf(repository, all);
  if (understanding.state === 'missed') printError(missedText(understanding.sightings));
  else if (repository.inventory.manifests.length === 0) {
    return cannotRun(`${root} holds no Kubernetes objects.`);
  }
  if (values['write-baseline'] !== undefined && understanding.state !== 'missed') {
    writeFileSync(resolve(called, values['write-baseline']), baselineText(all));
    if (!values.quiet) {
      print(`${all.length} finding${all.length === 1 ? ' is' : 's are'} known from now on.\n`);
    }
    return 0;
  }
  const known = knownFor(subject, diff, baseline);
  if (typeof known === 'string') return cannotRun(known);
  const findings = newAmong(all, known);
  const summary = {
    files: repository.files,
    objects: repository.objects,
    leftOut: new Set(repository.skipped.map(({ file }) => file)).size,
    workloads: repository.inventory.workloads.length,
    known: all.length - findings.length,
    milliseconds: performance.now() - started,
  };
  const style = styleFor(output === undefined ? process.stdout : {}, values['no-color']);
  const text = reportIn(format, findings, subject, summary, style);
  const isSilent = values.quiet && format === 'text' && findings.length === 0;
  if (output !== undefined) writeFileSync(resolve(called, output), text);
  else if (!isSilent && !(format !== 'text' && writeOverBanner(text, args, process.env, 1))) {
    printShown(text);
  }
  if (understanding.state === 'missed') return 2;
  const gone = baseline === undefined ? [] : goneOf(known, all, selection.rules);
  printError(notes(repository, understanding, gone.length, values));
  return fails(findings, failOn) ? 1 : 0;
}

function unknownValue(option: string, value: string, known: readonly string[]): number {
  return refuseUsage(`${option} ${value} is not known. Write one of ${known.join(', ')}.`, command);
}

function cannotRun(message: string): number {
  printError(`${message}\n`);
  return 2;
}

function listRules(): number {
  const lines = [...allRules, ...commentRules].map(
    ({ id, severity, meaning }) => `${id}  ${severity}  ${meaning}\n`,
  );
  print(lines.join(''));
  return 0;
}

function explain(id: string): number {
  const rule = allRules.find((one) => one.id === id);
  if (rule === undefined) return cannotRun(`There is no rule ${quote(id)}. ${ruleSuggestion(id)}`);
  print(explanation(rule));
  return 0;
}

function knownFor(
  subject: Subject,
  diff: string | undefined,
  baseline: string | undefined,
): KnownFindings | string {
  if (diff !== undefined) return knownAt(diff, subject);
  return baseline === undefined ? new Map() : knownByBaseline(baseline);
}

/** What is told beside the findings. */
function notes(
  { skipped }: Repository,
  { state }: Understanding,
  gone: number,
  { format, quiet, verbose }: { readonly format: string; readonly quiet: boolean; readonly verbose: boolean },
): string {
  const isForPeople = format === 'text' && !quiet;
  const hasBroken = skipped.some(({ reason }) => reason.startsWith('broken'));
  return [
    ...(verbose ? skipped.map(({ file, reason }) => `left out ${file}: ${reason}\n`) : []),
    ...(isForPeople && !verbose && hasBroken
      ? ['Some files are broken YAML and were left out; --verbose names them.\n']
      : []),
    ...(state === 'absent' && !quiet ? ['There is no Immich here: no image, chart or release of it.\n'] : []),
    ...(isForPeople && gone > 0
      ? [
          `${gone} finding${gone === 1 ? '' : 's'} of the baseline ${gone === 1 ? 'is' : 'are'} gone; write it anew with --write-baseline.\n`,
        ]
      : []),
  ].join('');
}

function fails(findings: readonly Finding[], failOn: string): boolean {
  return failOn !== 'never' && findings.some(({ severity }) => severity === 'error' || severity === failOn);
}
