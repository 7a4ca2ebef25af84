import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '../control-plane/flux.ts';
import { ownFolder } from '../control-plane/processes.ts';

/** A git repository of dist, as it lies in the folder of a person. */
export interface Repository {
  readonly folder: string;
  /** Commits a tree in place of what is there, and gives the commit. */
  readonly commit: (tree: Tree) => string;
}

/** Makes an empty repository. */
export function startRepository(): Repository {
  const folder = mkdtempSync(join(ownFolder('repositories'), 'it-'));
  const git = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.name', 'e2e');
  git('config', 'user.email', 'e2e@example.invalid');
  git('config', 'commit.gpgsign', 'false');
  return {
    folder,
    commit: (tree) => {
      rmSync(join(folder, 'dist'), { recursive: true, force: true });
      for (const [file, text] of tree) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'e2e');
      return git('rev-parse', 'HEAD');
    },
  };
}
