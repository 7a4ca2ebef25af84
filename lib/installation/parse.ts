import { Place, type Problem, type Severity } from '../schema/place.ts';
import type { Path } from '../text/path.ts';
import { readSource } from '../text/yaml-source.ts';
import type { Installation } from './installation.ts';
import { installation } from './installation-file.ts';

/** What is wrong in an installation file, and where. */
export interface FileProblem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly severity: Severity;
  /** The keys that lead to the value, as in `database.cnpg.backup.schedule`; empty for the whole file. */
  readonly key: string;
  readonly message: string;
}

/** An installation file that was read: the installation is there unless a problem is an error. */
export interface ParsedFile {
  readonly file: string;
  readonly installation: Installation | undefined;
  readonly problems: readonly FileProblem[];
  /** Turns a problem that is found later, such as between two files, into one with its place in this file. */
  readonly locate: (path: Path, message: string) => FileProblem;
}

/** The largest file that is read, in characters. A description of an installation is a screen of text. */
const largest = 64 * 1024;

/** Reads the text of an installation file. `file` is its name in messages. Never throws. */
export function parseInstallation(file: string, text: string): ParsedFile {
  const source = readSource(text, { strict: true, largest });
  const located = (problem: Problem): FileProblem => ({
    file,
    ...source.position(problem.path, problem.ofKey ? 'key' : 'value'),
    severity: problem.severity,
    key: keyOf(problem.path),
    message: problem.message,
  });
  const locate = (path: Path, message: string) => located({ severity: 'error', path, message, ofKey: false });
  if (source.faults.length > 0) {
    const problems = source.faults.map(({ message, position }) => ({ ...locate([], message), ...position }));
    return { file, installation: undefined, problems, locate };
  }
  const found: Problem[] = [];
  const read = isEmpty(source.data)
    ? new Place([], found).error('The file is empty. Write name, version, host, volumes, database and route.')
    : installation.read(source.data, new Place([], found));
  const problems = found
    .map(located)
    .sort((one, other) => one.line - other.line || one.column - other.column);
  const hasErrors = problems.some((problem) => problem.severity === 'error');
  return { file, installation: hasErrors ? undefined : read, problems, locate };
}

/** A problem as one line of text, in the form that editors and terminals understand. */
export function problemText({ file, line, column, severity, key, message }: FileProblem): string {
  const mark = severity === 'warning' ? 'warning: ' : '';
  return `${file}:${line}:${column}: ${mark}${key === '' ? '' : `${key}: `}${message}`;
}

function isEmpty(data: unknown): boolean {
  return data === null || data === undefined;
}

function keyOf(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}
