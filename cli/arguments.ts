import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../lib/text/nearest.ts';
import { quote } from '../lib/text/quoting.ts';
import packageFile from '../package.json' with { type: 'json' };
import { print, printError } from './terminal.ts';

/** The options of a command, as `parseArgs` of Node takes them. */
export type Options = NonNullable<ParseArgsConfig['options']>;

/** What is to be known of a command before it reads its arguments. */
export interface CommandLine {
  /** As it is called: `synth`; empty for the program itself. */
  readonly name: string;
  /** What --help prints. */
  readonly usage: string;
  readonly options: Options;
  /** How many arguments there may be apart from options. */
  readonly mostArguments: number;
}

/** The options that every command has. */
export const commonOptions = {
  quiet: { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** The end of what --help prints, about the options that every command has. */
export const commonUsage = `  --quiet          print only what is wrong
  --no-color       no colours, as with the variable NO_COLOR; there are none in files and pipes
  --help           print this
  --version        print the version of immich-cdk8s
`;

/**
 * Answers --help and --version, and refuses what nobody knows. Returns the exit code where that is all there is to do;
 * otherwise the arguments fit the options of the command.
 */
export function answerAtOnce(args: readonly string[], command: CommandLine): number | undefined {
  const wrong = wrongArgument(args, command);
  if (wrong !== undefined) return refuseUsage(wrong, command);
  const { values } = parseArgs({ args: [...args], options: commonOptions, strict: false });
  if (values.help === true) print(command.usage);
  else if (values.version === true) print(`${packageFile.version}\n`);
  else return undefined;
  return 0;
}

/** Says what is wrong with the arguments. Returns the exit code of wrong usage. */
export function refuseUsage(message: string, { name }: Pick<CommandLine, 'name'>): number {
  const program = name === '' ? 'immich-cdk8s' : `immich-cdk8s ${name}`;
  printError(`${message}\n${quote(`${program} --help`)} says what can be written.\n`);
  return 2;
}

/** `Did you mean ...?` where one of the known words is near, else all of them. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${near}?`;
}

function wrongArgument(args: readonly string[], { options, mostArguments }: CommandLine): string | undefined {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const known = Object.keys(options);
  let found = 0;
  for (const token of tokens) {
    if (token.kind === 'positional' && ++found > mostArguments) {
      return mostArguments === 0
        ? `The argument ${quote(token.value)} has no meaning here.`
        : `The argument ${quote(token.value)} is one too many: ${mostArguments} can be given.`;
    }
    if (token.kind !== 'option') continue;
    const { rawName, name, value } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) {
      const near = suggestion(
        rawName,
        known.map((one) => `--${one}`),
      );
      return `The option ${rawName} is not known. ${near}`;
    }
    if (option.type === 'boolean' && value !== undefined) {
      return `The option ${rawName} takes no value. Write ${rawName} alone.`;
    }
    if (option.type === 'string' && (value === undefined || (!token.inlineValue && value.startsWith('-')))) {
      return `The option ${rawName} needs a value. Write ${rawName} and the value after it.`;
    }
  }
  return undefined;
}
