import { type ErrorCode, isMap, isScalar, type ParsedNode, visit } from 'yaml';
import { quoted } from './quoting.ts';

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
  const sentence = SENTENCES.find(({ pattern }) => pattern.test(message))?.sentence;
  return { message: sentence ?? OTHER[code] ?? 'This is not YAML. Write name: value.', offset };
}

/** By the reader's own words, where one of its codes stands for several mistakes. */
const SENTENCES: readonly { readonly pattern: RegExp; readonly sentence: string }[] = [
  {
    pattern: /^Implicit map keys need to be followed/,
    sentence: 'A key without a colon stands here. Write name: value.',
  },
  {
    pattern: /^Nested mappings are not allowed in compact/,
    sentence: 'Two colons stand in one line. Write one key a line, or put the value in quotes.',
  },
  {
    pattern: /flow map|flow sequence|flow collection|^Flow /i,
    sentence:
      'Braces or brackets do not fit together here. Write { name: value, other: value } or [one, two], and close each.',
  },
  {
    pattern: /^Comments must be separated/,
    sentence: 'A comment begins without a space before #. Write one.',
  },
  {
    pattern: /^All (collection|mapping|sequence) items must start/,
    sentence:
      'This line is indented differently from those that it belongs to. Let them begin in one column.',
  },
  {
    pattern: /^A block sequence may not be used/,
    sentence: 'A list begins in the line of its key. Write it below, or in brackets.',
  },
];

const OTHER: { readonly [code in ErrorCode]?: string } = {
  TAB_AS_INDENT: 'A tab indents this line. Write spaces.',
  BAD_INDENT:
    'This line is indented differently from those that it belongs to. Let them begin in one column.',
  TAG_RESOLVE_FAILED:
    'A tag stands here, which is not read. Remove it; a text that begins with ! goes in quotes.',
  BAD_DIRECTIVE:
    'A directive stands here, which is not read. Remove it; a text that begins with % goes in quotes.',
  BAD_ALIAS: 'A * or & without a name stands here. A text that begins with one goes in quotes.',
  BAD_SCALAR_START: 'A text cannot begin with this character. Put it in quotes.',
  BAD_DQ_ESCAPE:
    'A backslash in double quotes begins an escape that there is not. Write two, or single quotes.',
  MULTILINE_IMPLICIT_KEY: 'A key goes over several lines. Write it in one, followed by a colon.',
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
        `${quoted(String(second.value))} stands here a second time; the first is in line ${lineAt(first.range?.[0] ?? 0)}. Keep one of them.`,
      );
    },
  });
  return { message: found[0] ?? 'This key stands here a second time. Keep one of them.', offset };
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
