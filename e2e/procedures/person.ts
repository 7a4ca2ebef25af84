import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { parse } from 'yaml';
import type { Value } from '../../lib/manifests/manifest.ts';
import { type Block, blocksOf } from '../../test/runbook/procedures.ts';
import { referenceOf } from '../control-plane/api-client.ts';
import type { Cluster } from '../control-plane/cluster.ts';
import type { Tree } from '../control-plane/flux.ts';
import { standIn } from '../control-plane/stand-ins.ts';
import { toolPath } from '../control-plane/tools.ts';
import { at, textAt } from '../control-plane/value.ts';
import { type Edits, synthesized } from '../scenarios/dist.ts';
import { type Repository, startRepository } from './repository.ts';

/** Somebody with kubectl and the repository, who does what RUNBOOK.md of `home` says, word for word. */
export class Person {
  readonly cluster: Cluster;
  readonly #repository: Repository = startRepository();
  #tree: Tree;
  #edits: Record<string, unknown> = {};
  /** What was pushed and Flux has not fetched. */
  #pushed: { readonly tree: Tree; readonly commit: string } | undefined;

  constructor(cluster: Cluster, tree: Tree) {
    this.cluster = cluster;
    this.#tree = tree;
    this.#fetchWhenAsked();
    completeBackups(cluster);
  }

  get tree(): Tree {
    return this.#tree;
  }

  /** Commits what is there, for a Flux that is pointed at it. */
  commit(): string {
    const commit = this.#repository.commit(this.#tree);
    this.#pushed = { tree: this.#tree, commit };
    return commit;
  }

  /** The blocks of a chapter of the runbook as it is now. */
  chapter(title: string): readonly Block[] {
    const [, runbook = ''] = [...this.#tree].find(([file]) => file.endsWith('/RUNBOOK.md')) ?? [];
    return blocksOf(runbook, title);
  }

  /** Does what a chapter says, with other texts in place of what it leaves to the reader. */
  async follow(blocks: readonly Block[], words: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const { language, text } of blocks) {
      const said = Object.entries(words).reduce((before, [from, to]) => before.replaceAll(from, to), text);
      if (language === 'yaml') this.write(editsOf(parse(said)));
      else await this.run(said);
    }
  }

  /** Changes the installation file, runs synth, commits and pushes. */
  write(edits: Edits): void {
    this.#edits = { ...this.#edits, ...edits };
    this.#tree = synthesized('home', this.#edits, this.#tree);
    this.commit();
  }

  /**
   * Runs commands; throws with what they say where one fails. What looks into a container does not run: there is none
   * behind the pods of this cluster.
   */
  run(commands: string): Promise<string> {
    const runnable = commands.split('\n').filter((line) => !/^kubectl (exec|logs) /.test(line));
    if (runnable.every((line) => line.trim() === '')) return Promise.resolve('');
    return new Promise((done, failed) => {
      const kubectl = dirname(toolPath('kubectl', 'kubectl'));
      const child = spawn('bash', ['--norc', '-e', '-u', '-o', 'pipefail', '-c', runnable.join('\n')], {
        cwd: this.#repository.folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: `${kubectl}:${process.env['PATH'] ?? ''}`,
          HOME: this.#repository.folder,
          KUBECONFIG: this.cluster.kubeconfig,
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
      }
      child.on('error', failed);
      child.on('close', (code) =>
        code === 0
          ? done(output)
          : failed(new Error(`${runnable.join('\n')}\nended with ${code}:\n${output}`)),
      );
    });
  }

  /** In the place of source-controller: what was pushed comes when somebody asks for it, and not before. */
  #fetchWhenAsked(): void {
    let seen = '';
    standIn(async () => {
      const source = await this.cluster.api.get({
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        namespace: 'flux-system',
        name: 'flux-system',
      });
      const asked = source.metadata?.annotations?.['reconcile.fluxcd.io/requestedAt'] ?? '';
      if (asked === seen) return;
      if (this.#pushed !== undefined) await this.cluster.flux.publish(this.#pushed.tree, this.#pushed.commit);
      seen = asked;
    });
  }
}

/** In the place of the instance managers: every Backup is completed. */
function completeBackups({ api }: Cluster): void {
  standIn(async () => {
    for (const backup of await api.list('postgresql.cnpg.io/v1', 'Backup')) {
      if (textAt(backup, 'status', 'phase') !== 'completed') {
        await api.patch(referenceOf(backup), { status: { phase: 'completed' } }, 'status');
      }
    }
  });
}

/** Lines of an installation file as changes of its keys. */
function editsOf(lines: Value): Edits {
  const edits: Record<string, unknown> = {};
  for (const key of ['version', 'stopped', 'accept'] as const) {
    const value = at(lines, key);
    if (value !== undefined) edits[key] = value;
  }
  for (const [section, names] of [
    ['clusters', ['app', 'database']],
    ['database.cnpg', ['lineage', 'restoreFrom']],
  ] as const) {
    for (const name of names) {
      const value = at(lines, ...section.split('.'), name);
      if (value !== undefined) edits[`${section}.${name}`] = value;
    }
  }
  return edits;
}
