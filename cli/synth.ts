import { parseArgs } from 'node:util';
import { applyPlan, lookIntoDist } from '../lib/dist/folder.ts';
import { findingText, type Synthesis, synthesize } from '../lib/synthesis/synthesis.ts';
import { fold } from '../lib/text/fold.ts';
import { severityCounts } from '../lib/text/severity.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import { nodeFiles } from './node-files.ts';
import { problemLines } from './problem-lines.ts';
import { Progress } from './progress.ts';
import { styleFor } from './style.ts';
import { adviseOn } from './synth/advice.ts';
import { changesText, refusalLines, unmatchedLines } from './synth/changes.ts';
import { encryptedSecretsAround } from './synth/encrypted-secrets.ts';
import { readInstallationFiles, UnreadableInput } from './synth/installation-files.ts';
import { type Outcome, outcomeOf } from './synth/outcome.ts';
import { outputProblems } from './synth/output-place.ts';
import { synthReport } from './synth/report.ts';
import { changedFiles, filesLine, summaryOf } from './synth/summary.ts';
import { print, printError, printShown, screen } from './terminal.ts';

const usage = `Usage: immich-cdk8s synth [options] [installation file...]

Writes the manifests of every installation file to dist/: only files that changed, all or nothing. With files named,
only their own folders in dist/ are written and removed.

  --check                  write nothing; the exit code is 1 when dist/ is not what synth would write
  --installations <folder> where the installation files are (default: installations)
  --output <folder>        where to write, a folder of its own that flux.path points at (default: dist)
  --format <text|json>     how the result is written (default: text)
  --verbose                tell also what has not changed
${commonUsage}
Exit code: 0; 1 when a file is invalid, a change refused or dist/ stale; 2 when nothing can be read.
`;

const options = {
  ...commonOptions,
  check: { type: 'boolean', default: false },
  installations: { type: 'string', default: 'installations' },
  output: { type: 'string' },
  format: { type: 'string', default: 'text' },
  verbose: { type: 'boolean', default: false },
} as const;

const command: CommandLine = {
  name: 'synth',
  usage: usage,
  options: options,
  mostArguments: Number.POSITIVE_INFINITY,
};

/** The command: installation files to the folder that Flux reads. Returns the exit code. */
export async function synth(args: readonly string[]): Promise<number> {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: options, allowPositionals: true });
  if (values.format !== 'text' && values.format !== 'json') {
    return refuseUsage(`--format ${values.format} is not known. Write text or json.`, command);
  }
  // `cdk8s synth` says by this variable where its --output option points; the folder is all that it decides.
  const target = withoutEndSlash(values.output ?? process.env['CDK8S_OUTDIR'] ?? 'dist');
  try {
    const sources = readInstallationFiles(withoutEndSlash(values.installations), positionals);
    const all = lookIntoDist(nodeFiles(target));
    const progress = new Progress(screen, values.quiet);
    const synthesized = progress.until(() =>
      synthesize(sources, all.files, (name) => progress.at(`Synthesizing ${name}`)),
    );
    const encrypted = encryptedSecretsAround(target, synthesized);
    const problems = [
      ...adviseOn(synthesized.problems, { sources, dist: all.files, target }),
      ...outputProblems(synthesized, target),
      ...encrypted.problems,
    ];
    const isWrong = problems.some(({ severity }) => severity === 'error');
    const synthesis = { ...synthesized, problems, files: isWrong ? undefined : synthesized.files };
    const names = synthesis.clusters.map(({ plan }) => plan.installation.name);
    const only = positionals.length > 0 ? names : undefined;
    const outcome = await outcomeOf(synthesis, sources, all, target, only);
    if (outcome.status === 'changed' && !values.check) applyPlan(nodeFiles(target), outcome.plan);
    if (outcome.status !== 'refused' && !values.check) encrypted.write();
    if (values.format === 'json') {
      printShown(synthReport(synthesis, outcome, values.check));
    } else {
      const wasEmptied = outcome.status === 'refused' && (await isEmptied(target, all.files.size));
      tell(synthesis, outcome, { ...values, target, wasEmptied });
    }
    return outcome.status === 'refused' || (outcome.status === 'changed' && values.check) ? 1 : 0;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return error instanceof UnreadableInput ? 2 : 1;
  }
}

/** How the result is told. */
interface Manner {
  readonly target: string;
  /** Whether `cdk8s synth`, which empties the folder before it asks us, was there first. */
  readonly wasEmptied: boolean;
  readonly check: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly 'no-color': boolean;
}

function tell(synthesis: Synthesis, outcome: Outcome, manner: Manner): void {
  const { target, wasEmptied, check, quiet, verbose } = manner;
  const wrong = styleFor(process.stderr, manner['no-color']);
  for (const problem of synthesis.problems) {
    if (problem.severity === 'error' || !quiet) for (const line of problemLines(problem, wrong)) say(line);
  }
  for (const finding of synthesis.findings) {
    if (finding.severity === 'error' || !quiet) {
      const word = wrong.severity(finding.severity, finding.severity);
      say(fold(`${word}: ${findingText(finding)}`, wrong.width, 2));
    }
  }
  const { verdict } = outcome;
  if (verdict !== undefined) {
    for (const line of refusalLines(verdict, synthesis.locate, target, wrong)) say(line);
    if (!quiet) for (const line of unmatchedLines(verdict, synthesis.locate, wrong)) say(line);
  }
  const found = foundText(synthesis, verdict);
  if (outcome.status === 'refused') {
    say(
      `${found}${
        wasEmptied
          ? `Nothing was written, but cdk8s has emptied ${target}/ before. Bring it back: git restore ${target}`
          : `Nothing was written: ${target}/ is unchanged.`
      }`,
    );
    return;
  }
  const { plan, status } = outcome;
  if (check && status === 'changed') {
    for (const line of changedFiles(plan, target)) say(line);
    say(`${target}/ is not what synth writes. Run synth, and commit what it changes.`);
    return;
  }
  if (quiet) return;
  const style = styleFor(process.stdout, manner['no-color']);
  const parts = [
    summaryOf(synthesis, plan, { target, verbose }, style),
    verdict === undefined || status === 'unchanged' ? '' : changesText(verdict, style),
    `${found}${filesLine(plan, target)}`,
  ];
  print(`${parts.filter((part) => part !== '').join('\n\n')}\n`);
}

/** How much was told above, as a sentence before what became of it; empty where it was nothing. */
function foundText({ problems, findings }: Synthesis, verdict: Outcome['verdict']): string {
  const { refused = [], unmatched = [] } = verdict ?? {};
  const warnings = unmatched.map(() => ({ severity: 'warning' as const }));
  const counts = [
    severityCounts([...problems, ...findings, ...warnings]),
    ...(refused.length === 0 ? [] : [`${refused.length} refused`]),
  ].filter((count) => count !== '');
  return counts.length === 0 ? '' : `${counts.join(', ')}. `;
}

/** Whether `cdk8s synth`, which empties the folder before it runs us, took away what is committed. */
async function isEmptied(target: string, files: number): Promise<boolean> {
  if (process.env['CDK8S_OUTDIR'] === undefined || files > 0) return false;
  const { listingOf } = await import('./git.ts');
  return (listingOf(target, 'HEAD')?.size ?? 0) > 0;
}

function withoutEndSlash(folder: string): string {
  return folder.replace(/(?<=.)\/+$/, '');
}

function say(line: string): void {
  printError(`${line}\n`);
}
