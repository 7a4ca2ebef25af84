/** Where a cursor stands in an installation file: the keys that lead there, and what is being written. */
export interface EditedPlace {
  /** The keys of the mappings around it, from the outermost. */
  readonly path: readonly string[];
  readonly kind: 'key' | 'value';
  /** Where what is being written begins. */
  readonly from: number;
}

/** A mapping or list around the cursor; those of a block end with their indentation, those of a flow with their bracket. */
interface Around {
  readonly key: string;
  /** Columns before the key; undefined inside of brackets. */
  readonly indent: number | undefined;
}

/**
 * Reads a text that may be wrong as far as a cursor, by indentation and brackets alone: while somebody types, it is no
 * YAML most of the time. Undefined inside of comments and texts in quotes.
 */
export function placeAt(text: string, offset: number): EditedPlace | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  let around: Around[] = [];
  let depth = 0;
  for (const line of text.slice(0, lineStart).split('\n')) {
    // An empty line ends nothing.
    if (line.trim() !== '') ({ around, depth } = readLine(line, around, depth));
  }
  const line = text.slice(lineStart, offset);
  const read = readLine(line, around, depth);
  if (read.isOpaque) return undefined;
  const written = /[\w./:"'-]*$/.exec(read.rest)?.[0] ?? '';
  return {
    path: read.around.map(({ key }) => key).filter((key) => key !== ''),
    kind: read.isValue ? 'value' : 'key',
    from: offset - written.length,
  };
}

interface LineRead {
  readonly around: Around[];
  /** How many brackets are open. */
  readonly depth: number;
  /** Whether a value is written at the end, and no key. */
  readonly isValue: boolean;
  /** What stands behind the last key, bracket or comma. */
  readonly rest: string;
  /** Whether the end is in a comment or in a text in quotes. */
  readonly isOpaque: boolean;
}

function readLine(line: string, before: readonly Around[], openBefore: number): LineRead {
  let around = [...before];
  let depth = openBefore;
  let rest = line;
  let isValue = false;
  if (depth === 0) {
    const [, space = '', dashes = ''] = /^( *)((?:- +)*)/.exec(line) ?? [];
    rest = line.slice(space.length + dashes.length);
    const indent = space.length + dashes.length;
    around = around.filter((one) => (one.indent ?? 0) < indent);
  }
  const indentOfLine = line.length - rest.length;
  const tokens = /#.*$|"(?:[^"\\]|\\.)*("?)|'(?:[^']|'')*('?)|[{}[\],]|([\w.-]+): ?/g;
  const start = rest;
  let isOpaque = false;
  for (const match of start.matchAll(tokens)) {
    const [token, doubleEnd, singleEnd, key] = match;
    const behind = start.slice(match.index + token.length);
    if (token.startsWith('#')) isOpaque = /(^|\s)$/.test(start.slice(0, match.index));
    else if (token.startsWith('"')) isOpaque = doubleEnd === '';
    else if (token.startsWith("'")) isOpaque = singleEnd === '';
    else if (token === '{' || token === '[') {
      depth += 1;
      around = [...around, { key: '', indent: undefined }];
      isValue = token === '[';
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      around = untilBracket(around);
    } else if (token === ',') {
      if (depth > 0) {
        around = inBracket(around);
        isValue = false;
      }
    } else if (key !== undefined) {
      around = [...around, { key, indent: depth === 0 ? indentOfLine : undefined }];
      isValue = true;
    }
    rest = behind;
  }
  return { around, depth, isValue, rest, isOpaque };
}

/** What is around a bracket that is closed. */
function untilBracket(around: readonly Around[]): Around[] {
  const last = around.findLastIndex(({ key, indent }) => key === '' && indent === undefined);
  return around.slice(0, Math.max(0, last));
}

/** What is around the next entry of a bracket. */
function inBracket(around: readonly Around[]): Around[] {
  const last = around.findLastIndex(({ key, indent }) => key === '' && indent === undefined);
  return around.slice(0, last + 1);
}
