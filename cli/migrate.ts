import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lookIntoDist } from '../lib/dist/folder.ts';
import { type Migration, migrate as migrated, type Written } from '../lib/migration/migrate.ts';
import { fold } from '../lib/text/fold.ts';
import { countOf } from '../lib/text/severity.ts';
import { type Shown, showJson } from '../lib/text/shown.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import { nodeFiles } from './node-files.ts';
import { styleFor } from './style.ts';
import { readInstallationFiles, UnreadableInput } from './synth/installation-files.ts';
import { print, printError, printShown } from './terminal.ts';

const usage = `Usage: immich-cdk8s migrate [options] [installation file...]

Brings installation files to the present schema: it writes the keys that became required, with the values that dist has
now, so that dist stays the same. Comments and formatting are kept. What is up to date is not touched.

  --check                  write nothing; the exit code is 1 when there is something to write
  --installations <folder> where the installation files are (default: installations)
  --output <folder>        where synth writes, and the images of databases are read (default: dist)
  --format <text|json>     how the result is written (default: text)
${commonUsage}
Exit code: 0; 1 when something is left to write, or a file is no YAML; 2 when nothing can be read.
`;

const options = {
  ...commonOptions,
  check: { type: 'boolean', default: false },
  installations: { type: 'string', default: 'installations' },
  output: { type: 'string', default: 'dist' },
  format: { type: 'string', default: 'text' },
} as const;

const command: CommandLine = {
  name: 'migrate',
  usage: usage,
  options: options,
  mostArguments: Number.POSITIVE_INFINITY,
};

/** The command: installation files of an older schema to the present one. Returns the exit code. */
export function migrate(args: readonly string[]): number {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: options, allowPositionals: true });
  if (values.format !== 'text' && values.format !== 'json') {
    return refuseUsage(`--format ${values.format} is not known. Write text or json.`, command);
  }
  try {
    const sources = readInstallationFiles(withoutEndSlash(values.installations), positionals);
    const dist = lookIntoDist(nodeFiles(withoutEndSlash(values.output))).files;
    const results = [...sources].map(([file, text]) => ({ file, ...migrated(text, dist) }));
    const isStale = values.check && results.some(({ written }) => written.length > 0);
    if (!values.check) {
      for (const { file, text, written } of results) if (written.length > 0) writeFileSync(file, text);
    }
    const isLeft = isStale || results.some(({ byHand, faults }) => byHand.length + faults.length > 0);
    if (values.format === 'json') printShown(report(results, values.check));
    else {
      const isQuiet = values.quiet;
      for (const result of results) tell(result, values.check, isQuiet, values['no-color']);
      // It stands below what it counts.
      const summary = `${summaryLine(results, values.check)}\n`;
      if (isLeft && !isQuiet) printError(summary);
      else if (!isQuiet) print(summary);
    }
    return isLeft ? 1 : 0;
  } catch (error) {
    printError(`${error instanceof Error ? error.message : error}\n`);
    return error instanceof UnreadableInput ? 2 : 1;
  }
}

interface Result extends Migration {
  readonly file: string;
}

function tell(
  { file, written, byHand, faults }: Result,
  isCheck: boolean,
  isQuiet: boolean,
  noColor: boolean,
): void {
  const wrong = styleFor(process.stderr, noColor);
  const word = wrong.severity('error', 'error');
  const say = (line: string) => printError(`${fold(line, wrong.width, 2)}\n`);
  for (const { message, position = { line: 1, column: 1 } } of faults) {
    say(`${file}:${position.line}:${position.column}: ${word}: ${message}`);
  }
  for (const line of linesOf(byHand)) {
    say(`${file}: ${word}: ${line} It cannot be added here by itself: write it.`);
  }
  const { width } = styleFor(process.stdout, noColor);
  for (const line of linesOf(written)) {
    if (isCheck) say(`${file}: missing: ${line}`);
    else if (!isQuiet) print(`${fold(`${file}: written: ${line}`, width, 2)}\n`);
  }
}

/** How many files were brought up to date, are so, or are left to a person. */
function summaryLine(results: readonly Result[], isCheck: boolean): string {
  const left = results.filter(({ byHand, faults }) => byHand.length + faults.length > 0);
  const written = results.filter((one) => one.written.length > 0 && !left.includes(one));
  const rest = results.length - left.length - written.length;
  const counts: readonly (readonly [number, string])[] = [
    [written.length, isCheck ? 'out of date' : 'written'],
    [left.length, 'to be mended by hand'],
    [rest, 'up to date'],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${countOf(results.length, 'file')}: ${told.join(', ')}.`;
}

/** A line for each step, with all of its keys. */
function linesOf(written: readonly Written[]): string[] {
  return [...new Set(written.map(({ step }) => step))].map((step) => {
    const own = written.filter((one) => one.step === step);
    const keys = own.map(({ key, value }) => `${key}: ${value}`).join(', ');
    return `${keys}. ${own[0]?.because}`;
  });
}

/** The result for programs, as `schema/migrate-report.json` describes it. */
function report(results: readonly Result[], isCheck: boolean): Shown {
  const files = results.map(({ file, written, byHand, faults }) => ({
    file,
    written: isCheck ? [] : written,
    missing: isCheck ? [...written, ...byHand] : byHand,
    faults: faults.map(({ message, position }) => ({ message, ...position })),
  }));
  return showJson({ version: 1, files });
}

function withoutEndSlash(folder: string): string {
  return folder.replace(/(?<=.)\/+$/, '');
}
