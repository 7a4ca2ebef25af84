import { parseArgs } from 'node:util';
import type { Subject } from '../lib/doctor/check.ts';
import { countsOf, type Examination, examine, unseen } from '../lib/doctor/doctor.ts';
import { jsonReport } from '../lib/doctor/report/json.ts';
import { textReport } from '../lib/doctor/report/text.ts';
import { answered, type CommandLine, commonOptions, commonUsage, misused } from './arguments.ts';
import { contextOf, isForOne } from './doctor/contexts.ts';
import { Dist } from './doctor/dist.ts';
import { kubectlCluster, readContexts } from './doctor/kubectl.ts';
import { type Part, partsOf, UnfitInstallation } from './doctor/parts.ts';
import { hasColor, styleOf } from './style.ts';
import { UnreadableInput } from './synth/installation-files.ts';

const USAGE = `Usage: immich-cdk8s doctor [options] [installation]

Asks the living cluster, through your own kubectl and reading only, and says what is missing or wrong with the command
that mends it: before Flux first applies an installation, what it needs; later also how it is. The installation is a
file or its name; without one, all are looked at.

  --context <name>         context of kubectl (default: the one with the cluster's name, else the current one)
  --installations <folder> where the installation files are (default: installations)
  --output <folder>        where synth has written (default: dist)
  --format <text|json>     how the result is written (default: text)
${commonUsage}
Exit code: 0; 1 when something is wrong, or a file is invalid; 2 when no cluster can be looked at.
`;

const OPTIONS = {
  ...commonOptions,
  context: { type: 'string' },
  installations: { type: 'string', default: 'installations' },
  output: { type: 'string', default: 'dist' },
  format: { type: 'string', default: 'text' },
} as const;

const command: CommandLine = { name: 'doctor', usage: USAGE, options: OPTIONS, mostArguments: 1 };

/** The command: what is missing or wrong in the living cluster. Resolves to the exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  const code = answered(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  if (values.format !== 'text' && values.format !== 'json') {
    return misused(`--format ${values.format} is not known. Write text or json.`, command);
  }
  try {
    const parts = partsOf(values.installations, positionals[0], new Dist(values.output));
    const examinations = await examinationsOf(parts, values.context);
    if (typeof examinations === 'string') {
      process.stderr.write(`${examinations}\n`);
      return 2;
    }
    process.stdout.write(
      values.format === 'json'
        ? jsonReport(examinations)
        : textReport(examinations, styleOf(hasColor(values['no-color'])), values.quiet),
    );
    const { wrong, doubtful, well } = countsOf(examinations);
    return wrong > 0 ? 1 : doubtful + well === 0 ? 2 : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return error instanceof UnfitInstallation ? 1 : error instanceof UnreadableInput ? 2 : 1;
  }
}

/** What is found in each cluster, or a sentence that says why none can be asked. */
async function examinationsOf(
  parts: readonly Part[],
  named: string | undefined,
): Promise<readonly Examination[] | string> {
  const clusters = [...new Set(parts.map(({ cluster }) => cluster))];
  if (named !== undefined && !isForOne(named, clusters)) {
    return `--context ${named} is one context, and there are the clusters ${clusters.join(', ')}. Name an installation, or give the contexts the names of the clusters: kubectl config rename-context.`;
  }
  const meant =
    named === undefined || clusters.length === 1 ? parts : parts.filter(({ cluster }) => cluster === named);
  const contexts = await readContexts();
  if (typeof contexts === 'string') return contexts;
  return Promise.all(
    meant.map(async (part) => {
      const chosen = contextOf(part.cluster, clusters, contexts, named);
      if (chosen.kind === 'none') return unseen(part, chosen.why);
      const living = kubectlCluster(chosen.name);
      const version = await living.get('/version');
      if (version.kind === 'unseen') return unseen(part, version.why);
      const subject: Subject = { ...part, kubectl: chosen.kubectl, now: Date.now() };
      return examine(subject, living);
    }),
  );
}
