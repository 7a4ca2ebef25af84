import { type FileProblem, parseInstallation } from '../installation/parse.ts';
import { synthesize } from '../synthesis/synthesis.ts';
import { pathText } from '../text/quoting.ts';
import { fileText } from './file-text.ts';
import { leaveOpen, type Piece, remark } from './piece.ts';
import { standInFor } from './stand-ins.ts';

/** Pieces of which an installation file can be made, and what is still wrong with it. */
export interface Acceptable {
  readonly pieces: readonly Piece[];
  /** Errors that no single value is the cause of. */
  readonly problems: readonly FileProblem[];
}

/**
 * What an installation file cannot say becomes a remark with the reason, or a mark where the key must be written, so
 * that synth accepts the file once the marks are filled.
 *
 * @param complete Adds what follows from the pieces, such as the variables that stand in them.
 */
export function acceptable(
  pieces: readonly Piece[],
  complete: (pieces: readonly Piece[]) => readonly Piece[],
): Acceptable {
  let now = complete(pieces);
  // Each round takes at least one piece out, or puts one in that was missing.
  for (let round = 0; round < mostRounds; round++) {
    const problems = errorsOf(now);
    const next = problems.reduce(withoutProblem, now);
    if (problems.length === 0 || next === now) return { pieces: now, problems };
    now = complete(next);
  }
  return { pieces: now, problems: errorsOf(now) };
}

const mostRounds = 30;

function errorsOf(pieces: readonly Piece[]): readonly FileProblem[] {
  const text = fileText(pieces, [], 'stand-ins');
  const read = parseInstallation(fileName, text).problems.filter(isError);
  return read.length > 0 ? read : synthesize(new Map([[fileName, text]])).problems.filter(isError);
}

const fileName = 'installation.yaml';

function isError({ severity }: FileProblem): boolean {
  return severity === 'error';
}

function withoutProblem(pieces: readonly Piece[], problem: FileProblem): readonly Piece[] {
  const { key, message, missing } = problem;
  if (missing !== undefined) {
    const path = [...(key === '' ? [] : key.split('.')), missing];
    if (pieces.some((piece) => pathText(piece.path) === pathText(path) && piece.kind !== 'remark')) {
      return pieces;
    }
    const what = message
      .replace(/^"[^"]*" is missing[.:] */, '')
      .replace(/[.\s]+$/, '')
      .replaceAll('"', "'");
    return [...pieces, leaveOpen(path, what, standInFor(path))];
  }
  const way = wayAskedFor(problem);
  if (way !== undefined && !pieces.some(({ kind, path }) => kind !== 'remark' && isSame(path, way.path))) {
    return [...pieces, way];
  }
  const wrong = pieces.find(({ kind, path }) => kind === 'taken' && leadsTo(pathText(path), key));
  if (wrong === undefined) return withoutSection(pieces, problem);
  const others = pieces.filter((piece) => piece !== wrong);
  if (wrong.kind === 'taken' && wrong.otherwise !== undefined) return [...others, wrong.otherwise];
  const about = `${String(wrong.path.at(-1))} was not carried over: ${message}`;
  return [...others, remark(wrong.path.slice(0, -1), about, wrong.from)];
}

/** A section of which so much was taken out that the rest means nothing. */
function withoutSection(pieces: readonly Piece[], { key, message }: FileProblem): readonly Piece[] {
  const isInside = ({ kind, path }: Piece) => kind !== 'remark' && leadsTo(key, pathText(path));
  if (key === '' || !pieces.some(isInside)) return pieces;
  const steps = key.split('.');
  return [
    ...pieces.filter((piece) => !isInside(piece)),
    remark(steps.slice(0, -1), `${steps.at(-1) ?? ''} was not carried over: ${message}`),
  ];
}

/** A way through policies that has to be named, where the value itself is right. */
function wayAskedFor({ message }: FileProblem): Piece | undefined {
  const [, list, example] = /Write network: \{ (clients|egress): (\[.*?\]) \}/.exec(message) ?? [];
  if (list === undefined || example === undefined) return undefined;
  const [, namespace = 'network'] = /namespace: ([a-z0-9-]+)/.exec(example) ?? [];
  const why = 'to be filled in';
  return leaveOpen(
    ['network', list],
    list === 'clients'
      ? `who connects to the server, such as ${example.replaceAll('"', "'")}`
      : `the way, such as ${example.replaceAll('"', "'")}`,
    list === 'clients'
      ? [{ from: { namespace }, why }]
      : [
          {
            from: 'server',
            to: { namespace },
            ports: [Number(/ports: \[(\d+)/.exec(example)?.[1] ?? 443)],
            why,
          },
        ],
  );
}

function isSame(one: Piece['path'], other: Piece['path']): boolean {
  return pathText(one) === pathText(other);
}

function leadsTo(path: string, key: string): boolean {
  return key === path || key.startsWith(`${path}.`) || key.startsWith(`${path}[`);
}
