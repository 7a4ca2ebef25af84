import { Composer, type Document, isScalar, type ParsedNode, Parser, visit } from 'yaml';
import type { Mark } from './mark.ts';
import type { Path } from './path.ts';
import { type Position, positionAt, start } from './position.ts';
import { deepest, isTooDeep } from './yaml-depth.ts';
import { offsetOf, startOf } from './yaml-offset.ts';
import { slipOf } from './yaml-slip.ts';

/** Whose YAML is read. */
export interface Dialect {
  /** The largest text that is read, in characters; none where whoever reads the file has a limit. */
  readonly largest?: number;
  /**
   * Whether slips that other programs overlook are faults: a key that stands twice, tags, keys that are no texts.
   * Without it, `<<` merges mappings as it does for Kubernetes' own tools.
   */
  readonly strict: boolean;
}

/** Something wrong with a YAML text itself; without a position it concerns the whole of it. */
export interface Fault {
  /** A sentence. */
  readonly message: string;
  readonly position?: Position;
}

/** A key that stands a second time in its mapping. */
export interface RepeatedKey {
  readonly key: string;
  readonly position: Position;
}

/** A YAML text as plain data, with a way back from a value to its place in the text. */
export interface Source {
  /** Undefined where there are faults. */
  readonly data: unknown;
  readonly faults: readonly Fault[];
  /** Keys that stand twice and are no faults, as the last one holds. */
  readonly repeated: readonly RepeatedKey[];
  /** Where the value at `path` stands, or the nearest value around it. */
  readonly position: (path: Path, mark: Mark) => Position;
}

/** The most that may come of aliases. Each counts what it stands for, so that a few lines cannot expand to gigabytes. */
const mostAliases = 100;

/** The most syntax errors that are told: a single slip can make everything after it look wrong. */
const mostErrors = 10;

/**
 * Reads YAML text of one document. Syntax errors, too many levels or aliases and the like are faults, never
 * exceptions. What a `%YAML` line would change is left out: a value is what it looks like in YAML 1.2.
 */
export function readSource(text: string, dialect: Dialect): Source {
  const { document, faults, repeated } = documentOf(text, dialect);
  if (faults.length > 0) return { data: undefined, faults, repeated, position: () => start };
  if (document === undefined) return { data: undefined, faults, repeated, position: () => start };
  try {
    return {
      data: document.toJS({ maxAliasCount: mostAliases }),
      faults,
      repeated,
      position: (path, mark) => positionAt(text, offsetOf(document, path, mark)),
    };
  } catch {
    const message = 'The file repeats too much of itself by aliases. Write out what they stand for.';
    return { data: undefined, faults: [{ message }], repeated, position: () => start };
  }
}

/**
 * Where a value stands in a text that was read before and not kept, because few positions are ever asked for. Those that
 * are stand in few texts, so that the last ones are kept.
 */
export function findPosition(text: string, dialect: Dialect, path: Path, mark: Mark): Position | undefined {
  const id = `${dialect.strict}\n${text}`;
  const document = recent.get(id) ?? documentOf(text, dialect).document;
  if (document === undefined) return undefined;
  // What was asked for last goes last.
  recent.delete(id);
  recent.set(id, document);
  const [oldest] = recent.keys();
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
  return positionAt(text, offsetOf(document, path, mark));
}

const recent = new Map<string, Document>();
const mostRecent = 16;

function documentOf(
  text: string,
  { largest, strict }: Dialect,
): Pick<Source, 'faults' | 'repeated'> & { readonly document?: Document } {
  const message = refusalOf(text, largest);
  if (message !== undefined) return { faults: [{ message }], repeated: [] };
  const tokens = [...new Parser().parse(text)];
  if (isTooDeep(tokens)) {
    return {
      faults: [{ message: `The file nests lists and mappings more than ${deepest} levels deep.` }],
      repeated: [],
    };
  }
  const common = { prettyErrors: false, logLevel: 'silent', schema: 'core' } as const;
  const options = strict ? { ...common, resolveKnownTags: false } : { ...common, merge: true, strict: false };
  const [document, second] = [...new Composer(options).compose(tokens, true, text.length)];
  if (document === undefined) return { faults: [], repeated: [] };
  const isRepetition = ({ code }: { readonly code: string }) => !strict && code === 'DUPLICATE_KEY';
  const repeated = document.errors.some(isRepetition) ? repeatedKeys(text, document.contents) : [];
  const told = [...document.errors, ...(strict ? document.warnings : [])].filter((one) => !isRepetition(one));
  const lineAt = (offset: number) => positionAt(text, offset).line;
  const faults = told.slice(0, mostErrors).map((error) => {
    const { message, offset } = slipOf(error, document.contents, lineAt);
    return fault(message, offset);
  });
  if (second !== undefined) faults.push(fault(strict ? secondFile : secondDocument, second.range[0]));
  if (faults.length === 0 && strict) faults.push(...oddities(document.contents));
  return faults.length > 0 ? { faults, repeated } : { document, faults, repeated };

  function fault(message: string, offset: number): Fault {
    return { message, position: positionAt(text, offset) };
  }

  /** Keys that are no texts, which YAML allows and plain data does not, and aliases of nothing. */
  function oddities(contents: ParsedNode | null): Fault[] {
    const found: Fault[] = [];
    const anchors = new Set<string>();
    visit(contents, {
      Pair: (_, { key }) => {
        if (isScalar(key) && key.value !== null) return;
        found.push(fault('A key must be a text. Write name: value.', startOf(key) ?? 0));
      },
      Value: (_, { anchor }) => {
        if (anchor !== undefined) anchors.add(anchor);
      },
      Alias: (_, alias) => {
        if (anchors.has(alias.source)) return;
        const message = `"*${alias.source}" stands for "&${alias.source}", which is not defined above. To write it as text, put it in quotes.`;
        found.push(fault(message, startOf(alias) ?? 0));
      },
    });
    return found;
  }
}

/** The second ones of the keys that stand twice in a mapping. */
function repeatedKeys(text: string, contents: ParsedNode | null): RepeatedKey[] {
  const found: RepeatedKey[] = [];
  visit(contents, {
    Map: (_, { items }) => {
      const known = new Set<unknown>();
      for (const { key } of items) {
        const value = isScalar(key) ? key.value : undefined;
        if (value !== undefined && known.has(value)) {
          found.push({ key: String(value), position: positionAt(text, startOf(key) ?? 0) });
        }
        known.add(value);
      }
    },
  });
  return found;
}

const secondFile =
  'A second document begins here. Write each installation to a file of its own, and remove "---".';
const secondDocument = 'A second document begins here without "---". Write that above it.';

function refusalOf(text: string, largest = Number.POSITIVE_INFINITY): string | undefined {
  if (text.length > largest) {
    return `The file has ${text.length} characters; ${largest} is the limit. An installation file is a screen of text.`;
  }
  return text.includes('\0') ? 'The file is not text: it has a NUL character.' : undefined;
}
