import { basename, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Installation } from '../lib/installation/installation.ts';
import { parseInstallation } from '../lib/installation/parse.ts';
import { rehearsalOf } from '../lib/rehearsal/rehearsal.ts';
import { type RehearsalPlan, rehearsalPlanOf } from '../lib/rehearsal/rehearsal-plan.ts';
import { quote } from '../lib/text/quoting.ts';
import { show } from '../lib/text/shown.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import { commitOf, contentsOf, listingOf, mergeBaseOf, placeInRepository } from './git.ts';
import { writeOverBanner } from './npm-banner.ts';
import { errorText } from './problem-lines.ts';
import { readInstallationFiles, UnreadableInput } from './synth/installation-files.ts';
import { printError, printShown } from './terminal.ts';

const usage = `Usage: immich-cdk8s rehearse <file> [--base <ref>]

Writes the manifests that try a change of the database's image or of Immich's version on last night's backup: a Job in the
namespace of the restore drill restores the backup, gives the copy the next image, and searches and counts in it; where
Immich changes, its next server migrates the copy until it answers. Nothing of the installation is touched.

  immich-cdk8s rehearse installations/home.yaml --base origin/main > rehearsal.yaml
  kubectl apply --filename rehearsal.yaml

  --base <ref>     the branch that the change goes into, such as origin/main; default is the last commit
${commonUsage}
Exit code: 0, also where nothing changes that needs a rehearsal; 1 when the file has errors, or there is no backup or drill to
rehearse with; 2 for wrong usage, an unreadable file, or where git has nothing to compare with.
`;

const options = { ...commonOptions, base: { type: 'string' } } as const;

const command: CommandLine = { name: 'rehearse', usage: usage, options: options, mostArguments: 1 };

/** The command: the next database image and Immich on last night's backup. Returns the exit code. */
export function rehearse(args: readonly string[]): number {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: options, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined) {
    return refuseUsage(
      'No file is named. Write an installation file, such as installations/home.yaml.',
      command,
    );
  }
  try {
    const [text = ''] = readInstallationFiles('', [file]).values();
    const wanted = installationIn(file, text, values['no-color']);
    if (typeof wanted === 'string') return fail(1, wanted);
    const commit = commitBefore(file, values.base);
    if (!('name' in commit)) return fail(2, commit.problem);
    const before = textAt(file, commit.name);
    if (before === undefined) {
      return fail(
        2,
        `${file} is not in ${commit.words}: the installation is new there, and has no backup yet. Nothing can be rehearsed before its first night.`,
      );
    }
    const standing = installationIn(`${file} in ${commit.words}`, before, values['no-color']);
    if (typeof standing === 'string') {
      return fail(
        1,
        `${standing}\nThe backups are of what is merged, so that its file must be valid too. Bring it to the present schema with immich-cdk8s migrate, merge that, and rehearse after it.`,
      );
    }
    const plan = rehearsalPlanOf(standing, wanted);
    switch (plan.kind) {
      case 'needless':
        return tell(0, `${plan.reason} It was compared with ${commit.words}.`, values.quiet);
      case 'impossible':
        return fail(1, `${file}: ${plan.reason}`);
      case 'rehearsal': {
        const { text, hasVariables } = rehearsalOf(plan, file);
        const shown = show(text);
        if (!writeOverBanner(shown, args, process.env, 1)) printShown(shown);
        return tell(0, instructions(plan, hasVariables), values.quiet);
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    return fail(2, error.message);
  }
}

/** What an installation file says, or why it is not valid. */
function installationIn(file: string, text: string, noColor: boolean): Installation | string {
  const { installation, problems } = parseInstallation(file, text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return installation === undefined || errors.length > 0 ? errorText(errors, noColor) : installation;
}

/** The commit whose installation stands, and what it is called. */
function commitBefore(
  file: string,
  base: string | undefined,
): { readonly name: string; readonly words: string } | { readonly problem: string } {
  const folder = dirname(file);
  if (placeInRepository(folder) === undefined) {
    return { problem: `${file} is in no git repository, or git cannot be run.` };
  }
  const head = commitOf(folder, 'HEAD');
  if (head === undefined) return { problem: `${file} is in a git repository without a commit.` };
  if (base === undefined) return { name: head, words: 'the last commit' };
  const other = commitOf(folder, base);
  if (other === undefined) {
    return {
      problem: `git knows no commit by the name of ${quote(base)}. Fetch it first: git fetch origin.`,
    };
  }
  const shared = mergeBaseOf(folder, other, head);
  return shared === undefined
    ? { problem: `HEAD and ${quote(base)} have no commit in common here. Fetch more: git fetch --unshallow.` }
    : { name: shared, words: `the commit where HEAD and ${base} parted` };
}

function textAt(file: string, commit: string): string | undefined {
  const folder = dirname(file);
  const content = listingOf(folder, commit)?.get(basename(file));
  return content === undefined ? undefined : contentsOf(folder, [content]).get(content);
}

/** What a person does with the manifests; it goes to standard error, beside them. */
function instructions({ copy, standing, change }: RehearsalPlan, hasVariables: boolean): string {
  const { name, namespace, cnpg, drill } = copy;
  const kubectl = `kubectl --namespace ${namespace}`;
  const identity = drill.workloadIdentity ?? cnpg.workloadIdentity;
  return [
    `Rehearses ${change.installation} in the namespace ${namespace} of the cluster ${standing.clusters.database}. With these manifests in rehearsal.yaml:`,
    ...(hasVariables
      ? ['  flux envsubst --strict < rehearsal.yaml > filled.yaml && mv filled.yaml rehearsal.yaml']
      : []),
    '  kubectl delete --ignore-not-found --filename rehearsal.yaml',
    '  kubectl apply --filename rehearsal.yaml',
    `  until ${kubectl} get job ${name} --output jsonpath='{.status.conditions[*].type}' | grep --extended-regexp --word-regexp 'Complete|Failed'; do sleep 10; done`,
    `  ${kubectl} logs job/${name} --container verdict > rehearsal.txt`,
    '  kubectl delete --ignore-not-found --filename rehearsal.yaml',
    'The last line of rehearsal.txt is the verdict, which the review takes: --rehearsal rehearsal.txt',
    ...(identity === undefined
      ? []
      : [
          `The store is opened by a workload identity: it must trust the service account ${copy.database} in ${namespace} too.`,
        ]),
  ].join('\n');
}

function tell(code: number, text: string, isQuiet: boolean): number {
  if (!isQuiet) printError(`${text}\n`);
  return code;
}

function fail(code: number, text: string): number {
  printError(`${text}\n`);
  return code;
}
