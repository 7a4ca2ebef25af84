import { flowOf } from '../dist/flow.ts';
import { keyOf, scalarOf, wrap } from '../dist/scalar.ts';
import { fillIn } from '../installation/fill-in.ts';
import { installationKeys } from '../installation/installation-file.ts';
import type { Value } from '../manifests/manifest.ts';
import type { Piece, Remark, Taken, Unknown } from './piece.ts';

/** How values that nobody knows are written: as marks for a person, or as stand-ins, to judge the rest. */
export type Gaps = 'marked' | 'stand-ins';

/** The text of the installation file that pieces make. Of two for one key the first one counts. */
export function fileText(pieces: readonly Piece[], head: readonly string[], gaps: Gaps): string {
  const root = new Section();
  for (const piece of pieces) root.add(piece, piece.path);
  return `${[...head, ...root.lines('', gaps, keysInOrder)].join('\n')}\n`;
}

/** Top-level keys stand as the reference has them. */
const keysInOrder = Object.keys(installationKeys.json.properties ?? {});

/** A mapping of the file. */
class Section {
  readonly #entries = new Map<string, Section | Taken | Unknown>();
  readonly #remarks: Remark[] = [];

  add(piece: Piece, [first, ...rest]: Piece['path']): void {
    if (first === undefined) {
      if (piece.kind === 'remark') this.#remarks.push(piece);
      return;
    }
    const key = String(first);
    const there = this.#entries.get(key);
    if (rest.length === 0 && piece.kind !== 'remark') {
      if (there === undefined) this.#entries.set(key, piece);
    } else if (there === undefined || there instanceof Section) {
      const section = there ?? new Section();
      this.#entries.set(key, section);
      section.add(piece, rest);
    } else if (piece.kind === 'remark') {
      this.#remarks.push(piece);
    }
  }

  lines(indent: string, gaps: Gaps, order: readonly string[] = []): string[] {
    const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
    const entries = [...this.#entries].sort(([one], [other]) => place(one) - place(other));
    return [
      ...entries.flatMap(([key, entry]) => entryLines(key, entry, indent, gaps)),
      ...this.#told(indent),
    ];
  }

  #told(indent: string): string[] {
    return this.#remarks.flatMap(({ text, from }) =>
      commentLines(from === undefined ? text : `${from}: ${text}`, indent),
    );
  }
}

function entryLines(key: string, entry: Section | Taken | Unknown, indent: string, gaps: Gaps): string[] {
  if (entry instanceof Section) {
    const inside = entry.lines(`${indent}  `, gaps);
    // A section of which there are only remarks would be an empty value.
    const isEmpty = inside.every((line) => line.trimStart().startsWith('#'));
    return isEmpty
      ? inside.map((line) => indent + line.slice(indent.length + 2))
      : [`${indent}${keyOf(key)}:`, ...inside];
  }
  const value = entry.kind === 'taken' ? entry.value : gaps === 'marked' ? fillIn(entry.what) : entry.standIn;
  const line = `${indent}${keyOf(key)}: ${blockOf(value, `${indent}  `)}`;
  const { from } = entry;
  const note = entry.kind === 'taken' ? entry.note : undefined;
  const above = note === undefined ? [] : commentLines(note, indent);
  if (from === undefined) return [...above, line];
  const isOneLine = !line.includes('\n') && line.length + from.length <= longest;
  return isOneLine ? [...above, `${line} # from ${from}`] : [...above, `${indent}# from ${from}`, line];
}

const longest = 110;

function commentLines(text: string, indent: string): string[] {
  return wrap(text.replace(/[^ -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]+/g, ' '), 108 - indent.length).map(
    (line) => `${indent}# ${line}`,
  );
}

/** A scalar as dist writes it, and lists and mappings on one line. */
function blockOf(value: Value, indent: string): string {
  if (typeof value === 'string' && value.includes('\n')) return scalarOf(value, indent);
  return flowOf(value);
}
