import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folders } from '../../lib/drill/scripts.ts';
import type { ControlPlane } from '../control-plane/api-server.ts';
import { toolPath } from '../control-plane/tools.ts';
import { moved } from './moved.ts';
import { type Server, sharedFolder } from './server.ts';

/** Where the steps of one Job run: in the place of its pod, whose folders lie elsewhere. */
export class Steps {
  readonly #places: Readonly<Record<string, string>>;
  readonly #kubectl: string;

  /**
   * @param name Tells it from others.
   * @param files The scripts and what they read.
   * @param account The one in whose name kubectl asks, as `<namespace>/<name>`.
   */
  constructor(name: string, files: Readonly<Record<string, string>>, plane: ControlPlane, account: string) {
    const place = (folder: string) => sharedFolder('steps', name, folder);
    this.#places = {
      [folders.scripts]: place('files'),
      [folders.shared]: place('shared'),
      [folders.history]: place('history'),
      '/tmp/cluster.yaml': join(place('tmp'), 'cluster.yaml'),
      '/tmp/database.yaml': join(place('tmp'), 'database.yaml'),
    };
    for (const [file, text] of Object.entries(files)) {
      // Nobody waits ten seconds here.
      const quick = moved(text, this.#places).replaceAll('sleep 10', 'sleep 1');
      writeFileSync(
        join(this.#of(folders.scripts), file),
        quick.replaceAll('/dev/termination-log', '/dev/null'),
        {
          mode: 0o644,
        },
      );
    }
    this.#kubectl = place('bin');
    writeFileSync(join(this.#kubectl, 'kubectl'), kubectlAs(plane, account), { mode: 0o755 });
  }

  /** Runs a step; gives its exit code and what it wrote. */
  run(
    script: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    return this.shell(`/bin/sh ${join(this.#of(folders.scripts), script)}`, environment);
  }

  /** Runs commands in the name of the account. */
  shell(
    commands: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    return new Promise((done, failed) => {
      const { PATH = '/usr/bin:/bin', ...others } = environment;
      const child = spawn('/bin/sh', ['-c', commands], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...others, PATH: `${this.#kubectl}:${PATH}`, HOME: this.#kubectl },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
      }
      child.on('error', failed);
      child.on('close', (code) => done({ code, output }));
    });
  }

  /** What steps leave to those after them; undefined where there is nothing. */
  left(file: string): string | undefined {
    const path = join(this.#of(folders.shared), file);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  }

  /** Leaves something in the place of a step. */
  leave(file: string, text: string): void {
    writeFileSync(join(this.#of(folders.shared), file), text);
  }

  #of(folder: string): string {
    return this.#places[folder] ?? '';
  }
}

/** The environment by which psql reaches a database of a server as the owner. */
export function psqlOf(folder: string, server: Server, database: string): Readonly<Record<string, string>> {
  return {
    PATH: `${folder}:/usr/bin:/bin`,
    PGHOST: '127.0.0.1',
    PGPORT: `${server.port}`,
    PGUSER: 'immich',
    PGDATABASE: database,
  };
}

function kubectlAs({ kubeconfig }: ControlPlane, account: string): string {
  const [namespace = '', name = ''] = account.split('/');
  const options = [
    ...['--kubeconfig', kubeconfig, '--namespace', namespace],
    ...['--as', `system:serviceaccount:${namespace}:${name}`],
    ...['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'].flatMap(
      (group) => ['--as-group', group],
    ),
  ];
  return `#!/bin/sh\nexec ${join(dirname(toolPath('kubectl', 'kubectl')), 'kubectl')} ${options.join(' ')} "$@"\n`;
}
