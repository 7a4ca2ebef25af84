import { printError } from './terminal.ts';
import { unreadableText } from './unreadable.ts';

/**
 * Runs a command as a program: its exit code is that of the process, and an error is a sentence. Where the reader of what
 * it writes has gone, as after `| head`, it ends without a word.
 */
export function program(command: (args: readonly string[]) => number | Promise<number>): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', endWithoutReader);
  run(command).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const path = pathOf(error);
      printError(
        `${path === undefined ? (error instanceof Error ? error.message : error) : unreadableText(path, error)}\n`,
      );
      process.exitCode = path === undefined ? 1 : 2;
    },
  );
}

/** The file or folder that an error of the system is about. */
function pathOf(error: unknown): string | undefined {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
}

async function run(command: (args: readonly string[]) => number | Promise<number>): Promise<number> {
  return command(process.argv.slice(2));
}

function endWithoutReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  // A command that has ended has said its exit code by then; one that goes on, as doctor --watch, writes for nobody.
  setImmediate(() => process.exit());
}
