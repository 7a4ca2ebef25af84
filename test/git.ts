import { spawnSync } from 'node:child_process';

/**
 * Runs git in a folder, as somebody whom no configuration of the machine knows.
 *
 * @throws Error with what git says when it fails.
 */
export function runGit(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
