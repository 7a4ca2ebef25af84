import { Place, type Problem, type Severity } from '../schema/place.ts';
import { pathsIn, valueAt, withValueAt } from '../text/data-path.ts';
import { type Excerpt, excerptLines, excerptOf } from '../text/excerpt.ts';
import { FluxVariables } from '../text/flux-variables.ts';
import type { Path } from '../text/path.ts';
import type { Position } from '../text/position.ts';
import { pathText } from '../text/quoting.ts';
import { redactionOf } from '../text/redaction.ts';
import type { Shown } from '../text/shown.ts';
import { plain, type Style } from '../text/style.ts';
import { readSource, type Source } from '../text/yaml-source.ts';
import { checkSecrets } from './checks/secrets.ts';
import { findPlaceholders, isAbout } from './fill-in.ts';
import type { Installation } from './installation.ts';
import { installation } from './installation-file.ts';
import { wishesAt } from './wishes.ts';

/** What is wrong in an installation file, and where. */
export interface FileProblem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly severity: Severity;
  /** The keys that lead to the value, as in `database.cnpg.backup.schedule`; empty for the whole file. */
  readonly key: Shown;
  readonly message: Shown;
  /** The key inside of the value that is missing, where that is the problem. */
  readonly missing: string | undefined;
  /** The line as it is written, without secrets. */
  readonly excerpt: Excerpt | undefined;
}

/** An installation file that was read: the installation is there unless a problem is an error. */
export interface ParsedFile {
  readonly file: string;
  readonly installation: Installation | undefined;
  readonly problems: readonly FileProblem[];
  /** Turns a problem that is found later, such as between two files, into one with its place in this file. */
  readonly locate: (path: Path, message: string) => FileProblem;
  /** Every value of the file with the way to it, those inside of others first. */
  readonly written: () => readonly { readonly path: Path; readonly value: unknown }[];
  /** The installation as it would be with another value at a path, or with none; undefined where that is wrong. */
  readonly readWith: (path: Path, value: unknown) => Installation | undefined;
}

/** The largest file that is read, in characters. A description of an installation is a screen of text. */
const largest = 64 * 1024;

/** Reads the text of an installation file. `file` is its name in messages. Never throws. */
export function parseInstallation(file: string, text: string): ParsedFile {
  const source = readSource(text, dialect);
  const places = placesOf(file, text, source);
  const locate = laterPlaces(file, text);
  if (source.faults.length > 0) {
    const problems = source.faults.map(({ message, position = source.position([], 'value') }) =>
      places.at(errorAt([], message), position),
    );
    return { file, installation: undefined, problems, locate, written: () => [], readWith: () => undefined };
  }
  const found: Problem[] = [];
  const read = isEmpty(source.data)
    ? new Place([], found).error('The file is empty. Write name, version, host, volumes, database and route.')
    : installation.read(source.data, new Place([], found, { wishesAt, variables: variablesOf(source.data) }));
  checkSecrets(source.data, new Place([], found));
  const marks = findPlaceholders(source.data);
  const problems = [...found.filter((problem) => !isAbout(problem, marks)), ...marks]
    .map(places.of)
    .sort((one, other) => one.line - other.line || one.column - other.column);
  const hasErrors = problems.some((problem) => problem.severity === 'error');
  return {
    file,
    installation: hasErrors ? undefined : read,
    problems,
    locate,
    ...trials(source.data),
  };
}

/** A problem as one line of text, in the form that editors and terminals understand. */
export function problemText({ file, line, column, severity, key, message }: FileProblem): string {
  const mark = severity === 'warning' ? 'warning: ' : '';
  return `${file}:${line}:${column}: ${mark}${key === '' ? '' : `${key}: `}${message}`;
}

/** The line that a problem stands in, and a caret under the place. */
export function problemExcerpt({ excerpt }: FileProblem, style: Style = plain): string[] {
  return excerpt === undefined ? [] : excerptLines(excerpt, style);
}

const dialect = { strict: true, largest };

function errorAt(path: Path, message: string): Problem {
  return { severity: 'error', path, message, ofKey: false };
}

/** Gives problems their places in a text that was read. */
function placesOf(file: string, text: string, source: Source) {
  const redact = redactionOf(source.data);
  const variables = variablesOf(source.data);
  const lines = text.split(/\r?\n/);
  const at = (problem: Problem, position: Position): FileProblem => ({
    file,
    ...position,
    severity: problem.severity,
    key: redact(pathText(problem.path)),
    message: redact(variables.asWritten(problem.message)),
    missing: problem.missing,
    excerpt: excerptOf(lines[position.line - 1], position.column, redact),
  });
  const of = (problem: Problem) =>
    at(problem, source.position(problem.path, problem.ofKey ? 'key' : 'value'));
  return { at, of };
}

/** Reads the text again, because few problems are found later, and a thousand files are not kept in memory for them. */
function laterPlaces(file: string, text: string): ParsedFile['locate'] {
  return (path, message) => placesOf(file, text, readSource(text, dialect)).of(errorAt(path, message));
}

/** Here, because what is made inside of `parseInstallation` keeps all that is read there. */
function trials(data: unknown): Pick<ParsedFile, 'written' | 'readWith'> {
  return {
    written: () => pathsIn(data).map((path) => ({ path, value: valueAt(data, path) })),
    readWith: (path, value) => readQuietly(withValueAt(data, path, value)),
  };
}

/** The installation in plain data; undefined where there is any error. */
function readQuietly(data: unknown): Installation | undefined {
  const found: Problem[] = [];
  const variables = variablesOf(data);
  const read = installation.read(data, new Place([], found, { wishesAt: () => [], variables }));
  return found.some(({ severity }) => severity === 'error') ? undefined : read;
}

/** The variables that a file declares, as far as they can be read; what is wrong with them is told where they stand. */
function variablesOf(data: unknown): FluxVariables {
  const declared = valueAt(data, ['flux', 'substitute', 'variables']);
  const names: unknown[] = Array.isArray(declared) ? declared : [];
  return new FluxVariables(names.filter((name) => typeof name === 'string'));
}

function isEmpty(data: unknown): boolean {
  return data === null || data === undefined;
}
