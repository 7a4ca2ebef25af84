import { type ErrorCode, isMap, isScalar, type ParsedNode, visit } from 'yaml';
import { quote } from './quoting.ts';

/** Something wrong with the syntax of a text. */
export interface Slip {
  readonly message: string;
  /** In characters from the beginning of the text. */
  readonly offset: number;
}

/** What the YAML reader reports. */
interface YamlError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly pos: readonly number[];
}

/** A slip in our own words, at the place that must be changed. `lineAt` counts from 1. */
export function slipOf(
  { code, message, pos }: YamlError,
  contents: ParsedNode | null,
  lineAt: (offset: number) => number,
): Slip {
  const offset = pos[0] ?? 0;
  if (code === 'DUPLICATE_KEY') return duplicateKey(contents, offset, lineAt);
  if (/^Missing closing/.test(message)) {
    const quote = message.includes('"') ? 'double' : 'single';
    return {
      message: `A ${quote} quote opens here and never closes. Write the other one.`,
      offset: openQuote(contents, offset),
    };
  }
  const sentence = sentences.find(({ pattern }) => pattern.test(message))?.sentence;
  return { message: sentence ?? other[code] ?? 'This is not YAML. Write name: value.', offset };
}

/** By the reader's own words, where one of its codes stands for several mistakes. */
const sentences: readonly { readonly pattern: RegExp; readonly sentence: string }[] = [
  {
    pattern: /^Implicit map keys need to be followed/,
    sentence: 'This key has no colon. Write name: value.',
  },
  {
    pattern: /^Nested mappings are not allowed in compact/,
    sentence: 'There are two colons on this line. Write one key per line, or put the value in quotes.',
  },
  {
    pattern: /flow map|flow sequence|flow collection|^Flow /i,
    sentence:
      'Braces or brackets do not match here. Write { name: value, other: value } or [one, two], and close each.',
  },
  {
    pattern: /^Comments must be separated/,
    sentence: 'A comment needs a space before the #. Write one.',
  },
  {
    pattern: /^All (collection|mapping|sequence) items must start/,
    sentence: 'This line is not indented like the lines it belongs to. Start them in the same column.',
  },
  {
    pattern: /^A block sequence may not be used/,
    sentence: 'A list starts on the line of its key. Write it below, or in brackets.',
  },
];

const other: { readonly [code in ErrorCode]?: string } = {
  TAB_AS_INDENT: 'A tab indents this line. Write spaces.',
  BAD_INDENT: 'This line is not indented like the lines it belongs to. Start them in the same column.',
  TAG_RESOLVE_FAILED: 'Tags are not supported here. Remove it, or put text that begins with ! in quotes.',
  BAD_DIRECTIVE: 'Directives are not supported here. Remove it, or put text that begins with % in quotes.',
  BAD_ALIAS: 'A * or & has no name after it. Put text that begins with one in quotes.',
  BAD_SCALAR_START: 'Text cannot begin with this character. Put it in quotes.',
  BAD_DQ_ESCAPE: 'There is no such escape in double quotes. Write two backslashes, or use single quotes.',
  MULTILINE_IMPLICIT_KEY: 'A key spans several lines. Write it on one line, followed by a colon.',
  UNEXPECTED_TOKEN:
    'This does not belong here. Write name: value, and put texts with special characters in quotes.',
};

function duplicateKey(contents: ParsedNode | null, offset: number, lineAt: (offset: number) => number): Slip {
  const found: string[] = [];
  visit(contents, {
    Map: (_, map) => {
      if (!isMap(map)) return;
      const keys = map.items.flatMap(({ key }) => (isScalar(key) && key.range ? [key] : []));
      const second = keys.find((key) => key.range?.[0] === offset);
      const first = keys.find((key) => key.value === second?.value);
      if (second === undefined || first === undefined) return;
      found.push(
        `${quote(String(second.value))} is written twice; the first one is on line ${lineAt(first.range?.[0] ?? 0)}. Keep one of them.`,
      );
    },
  });
  return { message: found[0] ?? 'This key is written twice. Keep one of them.', offset };
}

/** Where the quoted text begins that an offset lies in, which is where the text ends. */
function openQuote(contents: ParsedNode | null, offset: number): number {
  let start = offset;
  visit(contents, {
    Scalar: (_, { range, type }) => {
      if (range && type !== 'PLAIN' && type !== undefined && range[0] <= offset && offset <= range[2]) {
        start = range[0];
      }
    },
  });
  return start;
}
