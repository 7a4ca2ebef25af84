import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Adoption, adoptedFromCompose, adoptRepository } from '../lib/adoption/adoption.ts';
import { type AdoptionOutcome, jsonAdoption } from '../lib/adoption/json.ts';
import { commitLines, dangerLines, switchLines } from '../lib/adoption/report.ts';
import { switchTo } from '../lib/adoption/switch.ts';
import { audit } from '../lib/audit/audit.ts';
import type { Finding } from '../lib/audit/finding.ts';
import { withoutOurs } from '../lib/dist/without-ours.ts';
import type { FileProblem } from '../lib/installation/parse.ts';
import { readRepository } from '../lib/repository/repository.ts';
import { synthesize } from '../lib/synthesis/synthesis.ts';
import { fold } from '../lib/text/fold.ts';
import { countOf, severityCounts } from '../lib/text/severity.ts';
import { show } from '../lib/text/shown.ts';
import type { Style } from '../lib/text/style.ts';
import { parseDnsLabel } from '../lib/values/names.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import { nodeFiles } from './node-files.ts';
import { problemLines } from './problem-lines.ts';
import { Progress } from './progress.ts';
import { styleFor } from './style.ts';
import { print, printError, printShown, screen } from './terminal.ts';

const usage = `Usage: immich-cdk8s adopt [options] <folder, manifest or compose file>

Reads the Immich that you run today, and writes an installation file that keeps everything that holds data where it is.
Each line says from which file it is; what could not be carried over stands there as a comment with the reason, and what
a person must write as "<fill in: ...>". Then it says what happens when dist takes the place of what is applied today,
and prints the two commits that do it: the first protects what holds data, the second switches. Once the marks are filled
in, call it again with the same --output: the comparison is then that of your file. Nothing is executed or fetched.

  --name <name>     name of the installation (default: home)
  --output <file>   write the file there, such as installations/home.yaml; one that is there is never touched
                    (default: print it)
  --env <file>      the variables of a compose file (default: .env beside it)
  --format <text|json>
                    how the result is written (default: text); json has the file in it
${commonUsage}
Exit code: 0; 1 when synth would refuse the file even with its marks filled in, or data would be lost of sight;
2 when there is no Immich to be read.
`;

const options = {
  ...commonOptions,
  name: { type: 'string', default: 'home' },
  output: { type: 'string' },
  env: { type: 'string' },
  format: { type: 'string', default: 'text' },
} as const;

const command: CommandLine = { name: 'adopt', usage: usage, options: options, mostArguments: 1 };

/** The command: an installation file for an Immich that is there. Returns the exit code. */
export function adopt(args: readonly string[]): number {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: options, allowPositionals: true });
  const { name, output, quiet } = values;
  const label = parseDnsLabel(name);
  if (!label.ok) return refuseUsage(`--name ${label.message}`, command);
  if (values.format !== 'text' && values.format !== 'json') {
    return refuseUsage(`--format ${values.format} is not known. Write text or json.`, command);
  }
  // npm runs scripts in the project's folder, and says in INIT_CWD where it was called.
  const called = process.env['INIT_CWD'] ?? '.';
  const [given] = positionals;
  if (given === undefined) {
    return refuseUsage(
      'Which folder? Write the one that holds your manifests: immich-cdk8s adopt ~/home-ops.',
      command,
    );
  }
  const variables = values.env === undefined ? undefined : resolve(called, values.env);
  const progress = new Progress(screen, quiet);
  const read = progress.until(() => readToday(resolve(called, given), variables, name, progress));
  if (typeof read === 'string') {
    printError(`${read}\n`);
    return 2;
  }
  const file = output === undefined ? undefined : resolve(called, output);
  const own = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const isJson = values.format === 'json';
  if (file === undefined) {
    if (!isJson) print(read.adoption.text);
  } else if (own === undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, show(read.adoption.text), { flag: 'wx' });
  }
  const outcome = outcomeOf(read, name, output, own);
  if (isJson) printShown(jsonAdoption(read.adoption, outcome));
  else if (!quiet || outcome.isRefused) {
    // What is printed can be piped into a file.
    const side = output === undefined ? process.stderr : process.stdout;
    const lines = tellAdoption(read.adoption, outcome, output, own, styleFor(side, values['no-color']));
    const printBeside = output === undefined ? printError : print;
    printBeside(`${lines.join('\n')}\n`);
  }
  return outcome.isRefused ? 1 : 0;
}

/** What was found, and what is wrong with it today. */
interface Read {
  readonly adoption: Adoption;
  readonly findings: readonly Finding[];
}

/** @returns A sentence that says why there is nothing to adopt. */
function readToday(
  path: string,
  variables: string | undefined,
  name: string,
  progress: Progress,
): Read | string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return `There is no file or folder ${path}.`;
  if (variables !== undefined && !existsSync(variables)) return `There is no file ${variables}.`;
  const naming = { name, schema: undefined };
  const text = status.isFile() ? readFileSync(path, 'utf8') : '';
  if (/^services:/m.test(text)) {
    const beside = variables ?? resolve(dirname(path), '.env');
    const known = existsSync(beside)
      ? { file: basename(beside), text: readFileSync(beside, 'utf8') }
      : undefined;
    const adoption = adoptedFromCompose({ file: basename(path), text }, known, naming);
    return typeof adoption === 'string' ? adoption : { adoption, findings: [] };
  }
  const [folder, only] = status.isDirectory() ? [path] : [dirname(path), basename(path)];
  // What synth made of the file that came of it is no part of what is applied today, unless there is nothing else.
  const all = progress.watching(nodeFiles(folder));
  for (const files of [withoutOurs(all), all]) {
    const repository = readRepository(files, only);
    const adoption = adoptRepository(repository, naming);
    if (adoption !== undefined) return { adoption, findings: audit(repository.inventory) };
  }
  return `No server of Immich was found in ${path}: no pod whose image is immich-server. Name the folder that holds its manifests.`;
}

/** Whether a key says where data is. */
function isData(path: readonly (string | number)[]): boolean {
  return path[0] === 'volumes' || (path[0] === 'database' && path.at(-1) === 'host');
}

/** @param own The text of the file that is there already. */
function outcomeOf(
  { adoption, findings }: Read,
  name: string,
  output: string | undefined,
  own: string | undefined,
): AdoptionOutcome {
  const file = output ?? `installations/${name}.yaml`;
  const { files, problems } = synthesize(new Map([[file, own ?? adoption.standIn]]));
  const errors = problems.filter(({ severity }) => severity === 'error');
  const found =
    adoption.today === undefined || files === undefined ? undefined : switchTo(name, adoption.today, files);
  const isMarked =
    own !== undefined && errors.every(({ message }) => message.includes('is still to be filled in'));
  // As long as a person has not said which claim or host it is, nothing is lost of sight.
  const isOpen =
    own === undefined && adoption.pieces.some(({ kind, path }) => kind === 'unknown' && isData(path));
  const isLost = !isOpen && found !== undefined && found.lost.length > 0;
  const isRefused = isLost || (errors.length > 0 && !isMarked) || adoption.problems.length > 0;
  return { file, isWritten: output !== undefined && own === undefined, errors, findings, found, isRefused };
}

function tellAdoption(
  adoption: Adoption,
  { file, isWritten, errors, findings, found }: AdoptionOutcome,
  output: string | undefined,
  own: string | undefined,
  style: Style,
): string[] {
  return [
    fold(`Read: ${adoption.of}.`, style.width, 2),
    ...adoption.others.map((other) =>
      fold(`Not read: ${other}. Name its folder to adopt it.`, style.width, 2),
    ),
    ...(output === undefined
      ? []
      : [isWritten ? `${output}: written.` : `${output} is there already and stays as it is.`]),
    ...(errors.length === 0
      ? []
      : [
          'What it does can be said once this is right:',
          ...errors.flatMap((error) => problemLines(error, style)),
        ]),
    ...dangerLines(findings, style),
    ...(adoption.today === undefined || found === undefined
      ? []
      : switchLines(adoption.today, found, own === undefined, style)),
    ...(adoption.today === undefined
      ? ['docs/moving-in.md leads on from here.']
      : commitLines(adoption.today, found, file, style)),
    '',
    `${file}: ${standingOf(own ?? adoption.text, errors, found?.lost.length ?? 0)}.`,
  ];
}

/** How far a file is from being one that can be merged. */
function standingOf(text: string, errors: readonly FileProblem[], lost: number): string {
  const marks = text.split('"<fill in: ').length - 1;
  const parts = [
    marks === 0 ? 'nothing to fill in' : `${countOf(marks, 'mark')} to fill in`,
    severityCounts(errors),
    ...(lost === 0 ? [] : [`${lost} refused`]),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
