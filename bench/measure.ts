import { spawnSync } from 'node:child_process';

/** A process as it is started. */
export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
  /** The folder where it runs. */
  readonly folder: string;
}

/** Milliseconds of the whole process, from start to end. */
export function time(command: Command): number {
  const start = performance.now();
  run(command, {});
  return performance.now() - start;
}

/** The most memory that the last Node process of a command had at a time, in MiB. */
export function peakMemory(command: Command, reporter: string): number {
  const reports = run(command, { NODE_OPTIONS: `--require "${reporter}"` });
  return Number(reports.trim().split('\n').at(-1)) / 1024;
}

/** The value in the middle, which a few slow runs do not move. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Runs a command to its end and returns what it wrote to file descriptor 3. */
function run(command: Command, environment: NodeJS.ProcessEnv): string {
  const { error, status, stderr, output } = spawnSync(command.file, command.arguments, {
    cwd: command.folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  if (error) throw error;
  if (status !== 0) {
    throw new Error(`${[command.file, ...command.arguments].join(' ')}: exit code ${status}\n${stderr}`);
  }
  return output[3] ?? '';
}
