import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeInstallations } from './installations.ts';
import type { Command } from './measure.ts';

/** Something whose time is measured. */
export interface Subject {
  readonly name: string;
  readonly command: Command;
  /** How often. */
  readonly runs: number;
  /** Number of installation files; 0 where no synth runs. */
  readonly installations: number;
  /** At most this many times the time of the floor. */
  readonly wanted?: number;
  /** What happens before each run, outside the measured time. */
  readonly prepare?: () => void;
}

/** A Node process that does nothing: less than this no program in this language can take. */
export const floor: Subject = {
  name: 'node -e 0',
  command: { file: process.execPath, arguments: ['-e', '0'], folder: '.' },
  runs: 21,
  installations: 0,
};

/**
 * Synth as a user runs it, in folders of its own with generated installation files.
 *
 * @param repository Where build.mjs is.
 * @param temporary Where the bundle and the folders are made.
 */
export function synthSubjects(repository: string, temporary: string): Subject[] {
  const build = join(repository, 'build.mjs');
  const bundle = join(temporary, 'synth.cjs');
  execFileSync(process.execPath, [build, 'synth', '--outfile', bundle]);
  const start = join(repository, 'start.cjs');
  const folderOf = (installations: number) => {
    const folder = join(temporary, String(installations));
    writeInstallations(
      join(folder, 'installations'),
      join(repository, 'installations/home.yaml'),
      installations,
    );
    return folder;
  };
  const single = folderOf(1);
  const fromSource: Subject = {
    name: '1 installation, from source',
    // The script of package.json as it is, in another folder.
    command: { file: process.execPath, arguments: [build, 'run', 'synth'], folder: single },
    runs: 15,
    installations: 1,
    wanted: 3.5,
  };
  const bundled = (installations: number, runs: number): Subject => ({
    name: `${installations} installation${installations === 1 ? '' : 's'}, dist up to date`,
    command: {
      file: process.execPath,
      arguments: [start, bundle],
      folder: folderOf(installations),
    },
    runs,
    installations,
  });
  const fresh = (subject: Subject): Subject => ({
    ...subject,
    name: subject.name.replace('up to date', 'empty'),
    prepare: () => rmSync(join(subject.command.folder, 'dist'), { recursive: true, force: true }),
  });
  const one = { ...bundled(1, 15), wanted: 2 };
  const ten = bundled(10, 7);
  return [fromSource, fresh(one), one, fresh(ten), ten, bundled(100, 3), bundled(1000, 1)];
}

/** How long the packed command takes to start: it answers --help without loading what commands need. */
export function helpSubject(repository: string, temporary: string): Subject {
  const command = join(temporary, 'immich-cdk8s.cjs');
  execFileSync(process.execPath, [join(repository, 'build.mjs'), 'cli', '--outfile', command]);
  return {
    name: 'immich-cdk8s --help',
    command: { file: process.execPath, arguments: [command, '--help'], folder: repository },
    runs: 15,
    installations: 0,
  };
}
