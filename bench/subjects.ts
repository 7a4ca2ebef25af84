import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeInstallations } from './installations.ts';
import { bundleIn, made, type Workshop } from './made.ts';
import type { Command } from './measure.ts';

/** Something whose time is measured. */
export interface Subject {
  readonly name: string;
  /** Makes what is measured, unless it is there. Only asked for when its turn has come. */
  readonly command: () => Command;
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
  command: () => ({ file: process.execPath, arguments: ['-e', '0'], folder: '.' }),
  runs: 21,
  installations: 0,
};

/** Synth as a user runs it, in folders of its own with generated installation files. */
export function synthSubjects(workshop: Workshop): Subject[] {
  const { repository, temporary } = workshop;
  const folderOf = (installations: number) => join(temporary, String(installations));
  const commandFor = (installations: number, program: () => readonly string[]) => () => ({
    file: process.execPath,
    arguments: program(),
    folder: made(folderOf(installations), () =>
      writeInstallations(
        join(folderOf(installations), 'installations'),
        join(repository, 'installations/home.yaml'),
        installations,
      ),
    ),
  });
  const fromSource: Subject = {
    name: '1 installation, from source',
    // The script of package.json as it is, in another folder.
    command: commandFor(1, () => [join(repository, 'build.mjs'), 'run', 'synth']),
    runs: 15,
    installations: 1,
    wanted: 3.5,
  };
  const bundled = (installations: number, runs: number): Subject => ({
    name: `${installations} installation${installations === 1 ? '' : 's'}, dist up to date`,
    command: commandFor(installations, () => [join(repository, 'start.cjs'), bundleIn(workshop, 'synth')]),
    runs,
    installations,
  });
  const fresh = (subject: Subject): Subject => ({
    ...subject,
    name: subject.name.replace('up to date', 'empty'),
    prepare: () => rmSync(join(folderOf(subject.installations), 'dist'), { recursive: true, force: true }),
  });
  const one = { ...bundled(1, 15), wanted: 2 };
  const ten = bundled(10, 7);
  const thousand = bundled(1000, 1);
  return [fromSource, fresh(one), one, fresh(ten), ten, bundled(100, 3), fresh(thousand), thousand];
}

/** How long the packed command takes to start: it answers --help without loading what commands need. */
export function helpSubject(workshop: Workshop): Subject {
  return {
    name: 'immich-cdk8s --help',
    command: () => ({
      file: process.execPath,
      arguments: [bundleIn(workshop, 'cli'), '--help'],
      folder: workshop.repository,
    }),
    runs: 15,
    installations: 0,
  };
}
