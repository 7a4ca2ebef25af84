import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRepository } from './audit.ts';
import { bundleIn, made, type Workshop } from './made.ts';
import type { Subject } from './subjects.ts';

/**
 * Reviews: of one line in our own installation, which is to take at most one and a half times as long as synth; of the
 * same among a thousand installations, and of a repository of 5,000 files, at most three times as long as its audit.
 */
export function reviewSubjects(workshop: Workshop): Subject[] {
  const { repository, temporary } = workshop;
  const common = { runs: 5, installations: 0 };
  const commandIn = (name: string, make: (folder: string) => void) => () => {
    const folder = made(join(temporary, name), () => make(join(temporary, name)));
    const options = ['--base', 'HEAD', '--fail-on', 'never', folder];
    return {
      file: process.execPath,
      arguments: [join(repository, 'start.cjs'), bundleIn(workshop, 'review'), ...options],
      folder,
    };
  };
  return [
    {
      ...common,
      name: 'review of one line',
      command: commandIn('review-one', (folder) => writeInstallationsTo(folder, repository, 1)),
    },
    {
      ...common,
      name: 'review of one line of 1,000',
      command: commandIn('review-thousand', (folder) => writeInstallationsTo(folder, repository, 1000)),
    },
    {
      ...common,
      name: 'review of 5,000 files',
      command: commandIn('review-home-ops', (folder) => {
        writeRepository(folder, repository);
        changeIn(folder, 'apps/team-0/app-0/app/deployment.yaml', '1.2.3', '1.2.4');
      }),
    },
  ];
}

/** Copies of an installation in dist, of which the last is changed in one line after the commit. */
function writeInstallationsTo(folder: string, repository: string, count: number): void {
  for (let index = 0; index < count; index++) {
    cpSync(join(repository, 'dist/home'), join(folder, `dist/home-${index}`), { recursive: true });
  }
  changeIn(
    folder,
    `dist/home-${count - 1}/home/app/deployment.immich-server.yaml`,
    'immich-server:v',
    'immich-server:v9',
  );
}

/** Commits the folder, and changes a text in one of its files. */
function changeIn(folder: string, path: string, from: string, to: string): void {
  mkdirSync(folder, { recursive: true });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
      cwd: folder,
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'bench');
  const file = join(folder, path);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}
