import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Adoption, adopted } from '../lib/adoption/adoption.ts';
import { readRepository } from '../lib/repository/repository.ts';
import { parseDnsLabel } from '../lib/values/names.ts';
import { answered, type CommandLine, commonOptions, commonUsage, misused } from './arguments.ts';
import { nodeFiles } from './node-files.ts';

const USAGE = `Usage: immich-cdk8s adopt [options] <folder or file>

Reads the Immich that you run today, and writes an installation file that keeps everything that holds data where it is.
Each line says from which file it is; what could not be carried over stands there as a comment with the reason, and what
a person must write as "<fill in: ...>". Nothing else is changed, executed, or fetched.

  --name <name>     name of the installation (default: home)
  --output <file>   write the file there, such as installations/home.yaml; one that is there is never touched
                    (default: print it)
${commonUsage}
Exit code: 0; 1 when synth would refuse the file even with its marks filled in; 2 when there is no Immich to be read.
`;

const OPTIONS = {
  ...commonOptions,
  name: { type: 'string', default: 'home' },
  output: { type: 'string' },
} as const;

const command: CommandLine = { name: 'adopt', usage: USAGE, options: OPTIONS, mostArguments: 1 };

/** The command: an installation file for an Immich that is there. Returns the exit code. */
export function adopt(args: readonly string[]): number {
  const code = answered(args, command);
  if (code !== undefined) return code;
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const { name, output, quiet } = values;
  const label = parseDnsLabel(name);
  if (!label.ok) return misused(`--name ${label.message}`, command);
  // npm runs scripts in the project's folder, and says in INIT_CWD where it was called.
  const called = process.env['INIT_CWD'] ?? '.';
  const [given] = positionals;
  if (given === undefined) {
    return misused(
      'Which folder? Write the one that holds your manifests: immich-cdk8s adopt ~/home-ops.',
      command,
    );
  }
  const adoption = read(resolve(called, given), name);
  if (typeof adoption === 'string') {
    process.stderr.write(`${adoption}\n`);
    return 2;
  }
  const file = output === undefined ? undefined : resolve(called, output);
  const isThere = file !== undefined && existsSync(file);
  if (file === undefined) {
    process.stdout.write(adoption.text);
  } else if (!isThere) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, adoption.text, { flag: 'wx' });
  }
  const told = [
    `Read: ${adoption.of}.`,
    ...adoption.others.map((other) => `Not read: ${other}. Name its folder to adopt it.`),
    ...(output === undefined
      ? []
      : [isThere ? `${output} is there already and stays as it is.` : `${output}: written.`]),
    ...adoption.problems.map(({ key, message }) => `${key}: ${message}`),
  ];
  // What is printed can be piped into a file.
  if (!quiet) (output === undefined ? process.stderr : process.stdout).write(`${told.join('\n')}\n`);
  return adoption.problems.length > 0 ? 1 : 0;
}

/** @returns A sentence that says why there is nothing to adopt. */
function read(path: string, name: string): Adoption | string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return `There is no file or folder ${path}.`;
  const repository = status.isDirectory()
    ? readRepository(nodeFiles(path))
    : readRepository(nodeFiles(dirname(path)), basename(path));
  return (
    adopted(repository, { name, schema: undefined }) ??
    `No server of Immich was found in ${path}: no pod whose image is immich-server. Name the folder that holds its manifests.`
  );
}
