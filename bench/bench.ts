import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditSubjects } from './audit.ts';
import { median, peakMemory, time } from './measure.ts';
import { reviewSubjects } from './review.ts';
import { floor, helpSubject, type Subject, synthSubjects } from './subjects.ts';

const repository = process.cwd();
const temporary = mkdtempSync(join(tmpdir(), 'immich-cdk8s-bench-'));
try {
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
  print('', 'median', 'times the floor', 'wanted', 'per installation', 'peak memory');
  const workshop = { repository, temporary };
  const subjects = [
    floor,
    helpSubject(workshop),
    ...synthSubjects(workshop),
    ...auditSubjects(workshop),
    ...reviewSubjects(workshop),
  ];
  // `npm run bench -- audit` measures what has that in its name, and makes nothing else.
  const [word = ''] = process.argv.slice(2);
  for (const subject of subjects.filter(({ name }) => name.includes(word))) report(subject);
} finally {
  rmSync(temporary, { recursive: true });
}

function report(subject: Subject): void {
  const { name, installations, wanted, prepare } = subject;
  const { milliseconds, least } = measure(subject);
  prepare?.();
  const memory = peakMemory(subject.command(), join(repository, 'bench/report-memory.cjs'));
  print(
    name,
    `${milliseconds.toFixed(0)} ms`,
    (milliseconds / least).toFixed(1),
    wanted === undefined ? '' : `<= ${wanted}`,
    installations === 0 ? '' : `${((milliseconds - least) / installations).toFixed(1)} ms`,
    // Other programs do not say it.
    memory === 0 ? '' : `${memory.toFixed(0)} MiB`,
  );
}

/** Medians of the subject and, in the same minutes on the same machine, of the floor. */
function measure({ command, prepare, runs }: Subject): { milliseconds: number; least: number } {
  const [own, empty] = [command(), floor.command()];
  const times = Array.from({ length: runs + 1 }, () => {
    prepare?.();
    return { least: time(empty), milliseconds: time(own) };
  }).slice(1); // The first only warms the disk's cache.
  return {
    milliseconds: median(times.map(({ milliseconds }) => milliseconds)),
    least: median(times.map(({ least }) => least)),
  };
}

function print(name: string, ...cells: string[]): void {
  console.log(name.padEnd(34) + cells.map((cell) => cell.padStart(18)).join(''));
}
