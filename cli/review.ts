import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Grade } from '../lib/changes/change.ts';
import { githubAnnotations, sarifOf } from '../lib/review/report/findings.ts';
import { jsonReview } from '../lib/review/report/json.ts';
import { markdownReport } from '../lib/review/report/markdown.ts';
import { textReview } from '../lib/review/report/text.ts';
import { type Review, reviewOf } from '../lib/review/review.ts';
import { type Shown, show } from '../lib/text/shown.ts';
import type { Style } from '../lib/text/style.ts';
import { type RehearsalVerdict, verdictsIn } from '../lib/values/rehearsal.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import { placeInRepository } from './git.ts';
import { writeOverBanner } from './npm-banner.ts';
import { Progress } from './progress.ts';
import { styleFor } from './style.ts';
import { printError, printShown, screen } from './terminal.ts';
import { treesOf } from './trees.ts';

const usage = `Usage: immich-cdk8s review --base <ref> [options] [folder]

Says what a change does to Immich before it is merged: to data, service, traffic and secrets, and what has to be done.
Compares the manifests of the commit where HEAD and <ref> parted with those in the folder, untracked files included.
Nothing is changed, checked out, executed, or fetched.

  --base <ref>                                 the branch that the change goes into, such as origin/main
  --format <text|markdown|json|github|sarif>   how it is written (default: text)
  --output <file>                              write it to a file
  --rehearsal <file>                           the result of immich-cdk8s rehearse, the log of its Job: told where it is of
                                               this change, and refused where it is of another
  --fail-on <refused|steps|restarting|never>   from which grade on the exit code is 1 (default: refused)
${commonUsage}
Exit code: 0; 1 when a change is of that grade or graver, where a rehearsal that failed or is of another change counts as
refused; 2 when there is nothing to compare, or no result of a rehearsal where one is named.
`;

const formats = ['text', 'markdown', 'json', 'github', 'sarif'];

/** The grades that fail, by the option that says so. */
const failOn: { readonly [option: string]: readonly Grade[] } = {
  refused: ['refused'],
  steps: ['refused', 'steps'],
  restarting: ['refused', 'steps', 'restarting'],
  never: [],
};

const options = {
  ...commonOptions,
  base: { type: 'string' },
  format: { type: 'string', default: 'text' },
  output: { type: 'string' },
  rehearsal: { type: 'string' },
  'fail-on': { type: 'string', default: 'refused' },
} as const;

const command: CommandLine = { name: 'review', usage: usage, options: options, mostArguments: 1 };

/** The command: what a change does, told before it is merged. Returns the exit code. */
export function review(args: readonly string[]): number {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: options, allowPositionals: true });
  const { base, format, output } = values;
  if (!formats.includes(format)) {
    return refuseUsage(`--format ${format} is not known. Write one of ${formats.join(', ')}.`, command);
  }
  const failing = Object.hasOwn(failOn, values['fail-on']) ? failOn[values['fail-on']] : undefined;
  if (failing === undefined) {
    const known = Object.keys(failOn).join(', ');
    return refuseUsage(`--fail-on ${values['fail-on']} is not known. Write one of ${known}.`, command);
  }
  if (base === undefined) {
    return refuseUsage(
      '--base is missing. Write the branch that the change goes into: --base origin/main.',
      command,
    );
  }
  // npm runs scripts in the project's folder, and says in INIT_CWD where it was called.
  const called = process.env['INIT_CWD'] ?? '.';
  const [folder = '.'] = positionals;
  const root = resolve(called, folder);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    return unreadable(`There is no folder ${root}.`);
  }
  const verdicts = values.rehearsal === undefined ? [] : verdictsOf(resolve(called, values.rehearsal));
  if (typeof verdicts === 'string') return unreadable(verdicts);
  const trees = treesOf(root, base);
  if (typeof trees === 'string') return unreadable(trees);
  const progress = new Progress(screen, values.quiet);
  const { before, after, changed } = trees;
  const watched = { before: progress.watching(before), after: progress.watching(after), changed };
  const found = progress.until(() =>
    fromRepository(reviewOf(watched, verdicts), placeInRepository(root) ?? ''),
  );
  const text = reportOf(
    format,
    found,
    styleFor(output === undefined ? process.stdout : {}, values['no-color']),
  );
  const isSilent = values.quiet && format === 'text' && !failing.includes(found.verdict);
  if (output !== undefined) writeFileSync(resolve(called, output), text);
  else if (!isSilent && !(format !== 'text' && writeOverBanner(text, args, process.env, 1))) {
    printShown(text);
  }
  return failing.includes(found.verdict) ? 1 : 0;
}

/** The verdicts in a file, or why there are none. */
function verdictsOf(file: string): RehearsalVerdict[] | string {
  try {
    const verdicts = verdictsIn(readFileSync(file, 'utf8'));
    return verdicts.length > 0
      ? verdicts
      : `${file} holds no verdict of a rehearsal. Give the log of its container verdict, whose last line begins with "rehearsal of".`;
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : error}.`;
  }
}

function unreadable(message: string): number {
  printError(`${message}\n`);
  return 2;
}

/** Files are named as seen from the root of the repository, as GitHub and reviewers see them. */
function fromRepository(found: Review, prefix: string): Review {
  if (prefix === '') return found;
  return {
    ...found,
    changes: found.changes.map((change) => ({
      ...change,
      place: { ...change.place, file: prefix + change.place.file },
    })),
    stale: found.stale.map((one) => ({ ...one, file: prefix + one.file })),
    unmatched: found.unmatched.map((one) => ({ ...one, file: prefix + one.file })),
  };
}

function reportOf(format: string, found: Review, style: Style): Shown {
  switch (format) {
    case 'markdown':
      return show(markdownReport(found));
    case 'json':
      return jsonReview(found);
    case 'github':
      return show(githubAnnotations(found));
    case 'sarif':
      return sarifOf(found);
    default:
      return show(textReview(found, style));
  }
}
