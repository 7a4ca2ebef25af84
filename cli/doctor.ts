import { parseArgs } from 'node:util';
import type { Subject } from '../lib/doctor/check.ts';
import { countsOf, type Examination, examine, unseen } from '../lib/doctor/doctor.ts';
import { jsonReport } from '../lib/doctor/report/json.ts';
import { isDone, type Start, startText } from '../lib/doctor/report/start.ts';
import { textReport } from '../lib/doctor/report/text.ts';
import { startOf } from '../lib/doctor/start.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import { type Chosen, contextOf, isForOne } from './doctor/contexts.ts';
import { Dist } from './doctor/dist.ts';
import { kubectlCluster, readContexts } from './doctor/kubectl.ts';
import { type Part, partsOf, UnfitInstallation } from './doctor/parts.ts';
import { watch } from './doctor/watch.ts';
import { errorText } from './problem-lines.ts';
import { Progress } from './progress.ts';
import { styleFor } from './style.ts';
import { UnreadableInput } from './synth/installation-files.ts';
import { print, printError, printShown, screen } from './terminal.ts';

const usage = `Usage: immich-cdk8s doctor [options] [installation]

Asks the living cluster, through your own kubectl and reading only, and says what is missing or wrong with the command
that mends it: before Flux first applies an installation, what it needs; later also how it is. The installation is a
file or its name; without one, all are looked at.

  --context <name>         context of kubectl (default: the one with the cluster's name, else the current one)
  --installations <folder> where the installation files are (default: installations)
  --output <folder>        where synth has written (default: dist)
  --format <text|json>     how the result is written (default: text)
  --watch                  show the first start layer by layer, with what each waits for, until all are ready
${commonUsage}
Only get is asked, and of the database a session that can change nothing (kubectl exec, which takes the right to create
pods/exec). The schema of the JSON is schema/doctor-report.json.

Exit code: 0; 1 when something is wrong, or a file is invalid; 2 when no cluster can be looked at, or the command is
wrong; 130 when Ctrl-C ends it.
`;

const options = {
  ...commonOptions,
  context: { type: 'string' },
  installations: { type: 'string', default: 'installations' },
  output: { type: 'string', default: 'dist' },
  format: { type: 'string', default: 'text' },
  watch: { type: 'boolean', default: false },
} as const;

const command: CommandLine = { name: 'doctor', usage: usage, options: options, mostArguments: 1 };

/** The command: what is missing or wrong in the living cluster. Resolves to the exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: options, allowPositionals: true });
  if (values.format !== 'text' && values.format !== 'json') {
    return refuseUsage(`--format ${values.format} is not known. Write text or json.`, command);
  }
  if (values.watch && values.format === 'json') {
    return refuseUsage('--watch shows a text. Leave --format json out, or --watch.', command);
  }
  const progress = new Progress(screen, values.quiet);
  process.once('SIGINT', () => {
    progress.end();
    process.exit(interrupted);
  });
  try {
    const parts = partsOf(values.installations, positionals[0], new Dist(values.output));
    const meant = await meantOf(parts, values.context);
    if (typeof meant === 'string') {
      printError(`${meant}\n`);
      return 2;
    }
    const style = styleFor(process.stdout, values['no-color']);
    if (values.watch) {
      await watch(async () => {
        const starts = await Promise.all(meant.map(startIn));
        return { text: startText(starts, style), isDone: isDone(starts) };
      });
      return 0;
    }
    const asked = Promise.all(meant.map(examinationIn));
    const examinations = await progress.whilst('Asking the cluster', asked);
    if (values.format === 'json') printShown(jsonReport(examinations));
    else print(textReport(examinations, style, values.quiet));
    const { error, warning, well } = countsOf(examinations);
    return error > 0 ? 1 : warning + well === 0 ? 2 : 0;
  } catch (error) {
    if (error instanceof UnfitInstallation) {
      printError(`${errorText(error.errors, values['no-color'])}\n`);
      return 1;
    }
    printError(`${error instanceof Error ? error.message : error}\n`);
    return error instanceof UnreadableInput ? 2 : 1;
  }
}

/** What shells say of a program that Ctrl-C has ended. https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html */
const interrupted = 130;

/** What is to be looked at, and how it is reached. */
interface Meant {
  readonly part: Part;
  readonly chosen: Chosen;
}

/** What is to be looked at, with the context of each; a sentence where no cluster can be asked. */
async function meantOf(
  parts: readonly Part[],
  named: string | undefined,
): Promise<readonly Meant[] | string> {
  const clusters = [...new Set(parts.map(({ cluster }) => cluster))];
  if (named !== undefined && !isForOne(named, clusters)) {
    return `--context ${named} is one context, and there are the clusters ${clusters.join(', ')}. Name an installation, or give the contexts the names of the clusters: kubectl config rename-context.`;
  }
  const contexts = await readContexts();
  if (typeof contexts === 'string') return contexts;
  return parts
    .filter(({ cluster }) => named === undefined || clusters.length === 1 || cluster === named)
    .map((part) => ({ part, chosen: contextOf(part.cluster, clusters, contexts, named) }));
}

async function examinationIn({ part, chosen }: Meant): Promise<Examination> {
  if (chosen.kind === 'none') return unseen(part, chosen.why);
  const living = kubectlCluster(chosen.name);
  const version = await living.get('/version');
  return version.kind === 'unseen'
    ? unseen(part, version.why)
    : examine(subjectOf(part, chosen.kubectl), living);
}

async function startIn({ part, chosen }: Meant): Promise<Start> {
  if (chosen.kind === 'none') return unseenStart(part, chosen.why);
  return startOf(subjectOf(part, chosen.kubectl), kubectlCluster(chosen.name));
}

function unseenStart({ plan, cluster }: Part, why: string): Start {
  return { installation: plan.installation.name, cluster, layers: [], unseen: why };
}

function subjectOf(part: Part, kubectl: string): Subject {
  return { ...part, kubectl, now: Date.now() };
}
