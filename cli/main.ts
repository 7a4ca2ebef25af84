import { quote } from '../lib/text/quoting.ts';
import {
  answerAtOnce,
  type CommandLine,
  commonOptions,
  commonUsage,
  refuseUsage,
  suggestion,
} from './arguments.ts';
import { program } from './program.ts';

/** The commands. Each is loaded when it is called, so that none pays for the others. */
const commands: { readonly [name: string]: (args: readonly string[]) => Promise<number> } = {
  init: async (args) => (await import('./init.ts')).init(args),
  adopt: async (args) => (await import('./adopt.ts')).adopt(args),
  synth: async (args) => (await import('./synth.ts')).synth(args),
  review: async (args) => (await import('./review.ts')).review(args),
  migrate: async (args) => (await import('./migrate.ts')).migrate(args),
  audit: async (args) => (await import('./audit.ts')).audit(args),
  doctor: async (args) => (await import('./doctor.ts')).doctor(args),
  rehearse: async (args) => (await import('./rehearse.ts')).rehearse(args),
  explain: async (args) => (await import('./explain.ts')).explain(args),
};

const usage = `Usage: immich-cdk8s <command> [options]

Turns a one-screen description of an Immich installation into reviewed Kubernetes YAML for FluxCD.

  init       write a first installation file, and what a repository needs around it
  adopt      write an installation file for the Immich that you run today
  synth      write the manifests of every installation file to dist/
  review     say what a change does before it is merged
  migrate    bring installation files to the present schema
  audit      find what is silently wrong in anybody's manifests
  doctor     say what is missing or wrong in the living cluster
  rehearse   try the next database image and Immich on last night's backup
  explain    say what a rule of the audit or a key of an installation file means

  <command> --help says what a command can do.

${commonUsage}
Exit code: 0; 1 for findings, an invalid file, a refusal or a stale dist; 2 for wrong usage or unreadable input.
`;

const itself: CommandLine = { name: '', usage: usage, options: commonOptions, mostArguments: 0 };

/** The way in: `immich-cdk8s COMMAND ...`. Resolves to the exit code. */
async function main([first, ...args]: readonly string[]): Promise<number> {
  if (first === undefined) return refuseUsage('No command is given.', itself);
  if (first.startsWith('-')) {
    return answerAtOnce([first, ...args], itself) ?? refuseUsage('No command is given.', itself);
  }
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  return command === undefined
    ? refuseUsage(`There is no command ${quote(first)}. ${suggestion(first, Object.keys(commands))}`, itself)
    : command(args);
}

program(main);
