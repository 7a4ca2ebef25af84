import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atTheEnd } from './endings.ts';

/** The folder of this run: what all files of the suite read, the programs' logs, and the list of what was started. */
export function runFolder(): string {
  const folder = process.env['IMMICH_CDK8S_E2E_RUN'];
  if (folder === undefined) {
    throw new Error('IMMICH_CDK8S_E2E_RUN is not set; start the suite with npm run e2e.');
  }
  return folder;
}

/** A folder of the file of tests that runs now, in which no name meets that of another file; made when asked for. */
export function ownFolder(...parts: readonly string[]): string {
  own ??= mkdtempSync(join(runFolder(), `${basename(expect.getState().testPath ?? 'file', '.e2e.ts')}-`));
  const path = join(own, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

/**
 * A folder for sockets, whose path is short whatever is called how: Linux takes 107 characters.
 * https://man7.org/linux/man-pages/man7/unix.7.html
 */
export function socketFolder(): string {
  return mkdtempSync(join(runFolder(), 's-'));
}

/** Jest loads this module once for each file of tests. */
let own: string | undefined;

/** A program that the suite started. Its output goes to a file of `logs` in the folder of the run. */
export interface RunningProcess {
  readonly name: string;
  /** Throws with the end of the log when the program has ended by itself. */
  readonly assertRunning: () => void;
  /** Kills the program and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

export interface Program {
  readonly name: string;
  readonly binary: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** Starts a program. Its pid is on record before anything else happens, so that it never outlives the run. */
export function start(program: Program): RunningProcess {
  const log = logOf(program.name);
  const output = openSync(log, 'a');
  const child = spawn(program.binary, program.args, {
    cwd: program.folder ?? ownFolder(),
    env: { PATH: process.env['PATH'] ?? '', HOME: ownFolder(), ...program.environment },
    stdio: ['ignore', output, output],
  });
  if (child.pid !== undefined) {
    appendFileSync(join(runFolder(), 'pids'), `${child.pid}\n`);
  }
  // The program has its own copy.
  closeSync(output);
  let error: Error | undefined;
  child.on('error', (cause) => {
    error = cause;
  });
  const running: RunningProcess = {
    name: program.name,
    assertRunning: () => {
      if (error !== undefined || hasEnded(child)) {
        const end = readFileSync(log, 'utf8').slice(-2000);
        throw new Error(
          `${program.name} has ended (${error ?? child.signalCode ?? child.exitCode}):\n${end}`,
        );
      }
    },
    stop: async () => {
      programs.delete(running);
      // Nothing here is worth a graceful end, and kube-apiserver would wait for its watchers.
      child.kill('SIGKILL');
      while (error === undefined && !hasEnded(child)) {
        await sleep(20);
      }
    },
  };
  programs.add(running);
  atTheEnd(running.stop);
  return running;
}

/** Where the output of a program goes, which is kept when a test fails. */
export function logOf(name: string): string {
  const folder = join(runFolder(), 'logs');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${basename(ownFolder())}.${name}.log`);
}

/** What was started and not stopped. */
const programs = new Set<RunningProcess>();

/** Throws with the end of its log when one of the programs has ended by itself. */
export function assertAllRunning(): void {
  for (const program of programs) {
    program.assertRunning();
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Ports of 127.0.0.1 that are free now, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((done, failed) => {
        server.on('error', failed);
        server.listen(0, '127.0.0.1', done);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
