import { spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually } from '../control-plane/eventually.ts';
import {
  freePorts,
  logOf,
  ownFolder,
  type RunningProcess,
  runFolder,
  start,
} from '../control-plane/processes.ts';
import type { Parts } from './parts.ts';

/** A PostgreSQL server of its own folder, without TLS and passwords, on a port of 127.0.0.1. */
export interface Server {
  readonly folder: string;
  readonly port: number;
  /** Answers of a query, one row a line; throws what psql says. */
  readonly sql: (database: string, text: string) => string;
  readonly process: RunningProcess;
  /** The end of the server's log. */
  readonly log: () => string;
}

/** PostgreSQL refuses to run as root, and Barman leaves files of whoever runs it. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Makes a folder that the server may write to. */
export function serverFolder(...parts: readonly string[]): string {
  const folder = ownFolder(...parts);
  if (unprivileged.uid !== undefined) {
    // The folder of the run belongs to whoever started it, and lets nobody else in.
    spawnSync('chmod', ['a+x', runFolder(), ownFolder(), dirname(folder)]);
    chownSync(folder, unprivileged.uid, unprivileged.gid ?? 0);
  }
  return folder;
}

/** Makes a new server folder. */
export function initialize({ postgresql }: Parts, name: string): string {
  const folder = join(serverFolder('postgresql', name), 'data');
  run(join(postgresql, 'initdb'), [
    ...['--pgdata', folder, '--username', 'postgres', '--auth', 'trust'],
    ...['--data-checksums', '--no-sync', '--encoding', 'UTF8', '--locale', 'C.UTF-8'],
  ]);
  return folder;
}

/** Starts the server of a folder. `settings` are lines of its configuration. Waits until it takes queries. */
export async function startServer(
  parts: Parts,
  folder: string,
  settings: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const [port = 0] = await freePorts(1);
  const name = folder.split('/').at(-2) ?? 'postgresql';
  appendFileSync(
    join(folder, 'postgresql.auto.conf'),
    [
      ...settings,
      `port = ${port}`,
      `listen_addresses = '127.0.0.1'`,
      `unix_socket_directories = ''`,
      '',
    ].join('\n'),
  );
  const binary = join(parts.postgresql, 'postgres');
  const process = start({
    name: `postgresql.${name}`,
    ...(unprivileged.uid === undefined
      ? { binary, args: ['-D', folder] }
      : {
          binary: 'setpriv',
          args: ['--reuid', '65534', '--regid', '65534', '--clear-groups', binary, '-D', folder],
        }),
    folder: '/',
    environment,
  });
  const server: Server = {
    folder,
    port,
    sql: (database, text) =>
      run(
        join(parts.postgresql, 'psql'),
        [
          ...['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1'],
          ...['--host', '127.0.0.1', '--port', `${port}`, '--username', 'postgres', '--dbname', database],
        ],
        text,
      ),
    process,
    log: () => readFileSync(logOf(`postgresql.${name}`), 'utf8').slice(-3000),
  };
  const ended = await eventually(`the server ${name} takes queries`, async () => {
    // A server that has ended will not come back, so that nobody waits for it.
    const end = endOf(process);
    return end ?? (server.sql('postgres', 'select not pg_is_in_recovery()') === 't' ? 'not' : undefined);
  });
  if (ended !== 'not') {
    await process.stop();
    throw ended;
  }
  return server;
}

/** Stops a server as an operator does, so that it leaves its folder as it should be. */
export async function stopServer({ postgresql }: Parts, { folder, process }: Server): Promise<void> {
  run(join(postgresql, 'pg_ctl'), ['stop', '--pgdata', folder, '--mode', 'fast', '--wait']);
  await process.stop();
}

function endOf(running: RunningProcess): unknown {
  try {
    running.assertRunning();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Runs a program to its end as the user of the servers; throws what it says when it fails. */
export function run(
  binary: string,
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(binary, args, {
    ...unprivileged,
    cwd: '/',
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: '/tmp', ...environment },
  });
  if (status !== 0) {
    throw new Error(`${binary.split('/').at(-1)} ended with ${status}: ${error ?? `${stdout}${stderr}`}`);
  }
  return stdout.trim();
}

/** Makes a folder and its parents, which anybody may write to. */
export function sharedFolder(...parts: readonly string[]): string {
  const folder = serverFolder(...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
