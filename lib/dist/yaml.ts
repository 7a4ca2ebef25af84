import type { Comment, Manifest, Value } from '../manifests/manifest.ts';
import { valueAt } from '../text/data-path.ts';
import type { Path } from '../text/path.ts';
import { flowLines, isSequence, type Mapping } from './flow.ts';
import { keyOf, longest, scalarOf, wrap } from './scalar.ts';

/**
 * The text of a manifest's file: the same object for every reader of YAML 1.1 and 1.2, in an order that does
 * not depend on how the object was built, with each comment above its value.
 *
 * Written here and not by the `yaml` package because of the time: that takes 70 to 100 ms for the 60 objects of
 * one installation, this 5 ms, of less than 200 ms that the whole of synth may take.
 *
 * @throws Error when a comment belongs to a value that the object does not have.
 */
export function yamlOf(manifest: Pick<Manifest, 'file' | 'object' | 'comments'>): string {
  return written(manifest, blocks);
}

/**
 * The text of a file with several manifests, in few lines: a value below the fields of an object stands on one line or
 * up to three where it is short, and what is said of the same value of several objects is said of the first.
 */
export function compactYamlOf(manifests: readonly Pick<Manifest, 'file' | 'object' | 'comments'>[]): string {
  const said = new Set<string>();
  return manifests
    .map((manifest) => {
      const comments = manifest.comments.filter(({ path, text }) => {
        const about = `${path.at(-1)} ${text}`;
        if (path.length === 0 || typeof valueAt(manifest.object, path) === 'object') return true;
        return !said.has(about) && said.add(about);
      });
      return written({ ...manifest, comments }, compact);
    })
    .join('---\n');
}

function written(
  { file, object, comments }: Pick<Manifest, 'file' | 'object' | 'comments'>,
  form: Form,
): string {
  for (const { path } of comments) {
    if (!reaches(object, path)) {
      throw new Error(`${file}: a comment belongs to ${path.join('.')}, but the object has no such value.`);
    }
  }
  const writer = new Writer(form);
  return `${[...writer.commentLines(comments, ''), ...writer.mapping(object, '', comments)].join('\n')}\n`;
}

/** The text of a mapping that stands inside of a manifest: written like a manifest, without comments. */
export function documentOf(value: Mapping): string {
  return `${new Writer(blocks).mapping(value, '', []).join('\n')}\n`;
}

/** The keys that a reader looks for first. All others follow by the alphabet. */
const firstKeys = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'image',
  'labels',
  'annotations',
  // Whom a network policy is for, before what it allows.
  'namespaceSelector',
  'podSelector',
  'policyTypes',
];

/** How an object is written. */
interface Form {
  /** How wide a line is, where it can be broken. */
  readonly width: number;
  /** On how many lines a value may stand between braces, before a line for each of its own is easier to read. */
  readonly mostFlowLines: number;
  /** Whether a comment may stand behind a value. */
  readonly endsWithComments: boolean;
}

/** A line for each value. */
const blocks: Form = { width: longest, mostFlowLines: 0, endsWithComments: false };

/** Several values on one line, where they are short. */
const compact: Form = { width: 130, mostFlowLines: 3, endsWithComments: true };

/** `comments` have paths relative to the value that is being written; those with an empty path are its own. */
class Writer {
  constructor(private readonly form: Form) {}

  mapping(value: Mapping, indent: string, comments: readonly Comment[]): string[] {
    return sortedKeys(value).flatMap((key) => {
      const below = commentsBelow(comments, key);
      return this.commented(
        below,
        indent,
        this.entry(`${indent}${keyOf(key)}:`, value[key] ?? null, indent, below),
      );
    });
  }

  commentLines(comments: readonly Comment[], indent: string): string[] {
    return comments
      .filter(({ path }) => path.length === 0)
      .flatMap(({ text }) => text.split('\n'))
      .flatMap((line) => wrap(printable(line), this.form.width - 2 - indent.length))
      .map((line) => `${indent}# ${line}`.trimEnd());
  }

  /** Lines with what is said of the value that they are: above, or at the end of the first where there is room. */
  private commented(comments: readonly Comment[], indent: string, lines: readonly string[]): string[] {
    const own = comments.filter(({ path }) => path.length === 0);
    const [first = '', ...rest] = lines;
    const [only, ...others] = own.map(({ text }) => `${first} # ${printable(text)}`);
    const isRoom = only !== undefined && others.length === 0 && only.length <= this.form.width;
    return this.form.endsWithComments && isRoom && !/^ *#|[|>]-?$/.test(first)
      ? [only, ...rest]
      : [...this.commentLines(own, indent), ...lines];
  }

  private sequence(items: readonly Value[], indent: string, comments: readonly Comment[]): string[] {
    return items.flatMap((item, index) => {
      const below = commentsBelow(comments, index);
      return this.commented(below, indent, this.element(item, indent, below));
    });
  }

  /** A value behind its key: a block starts on the next line. */
  private entry(start: string, value: Value, indent: string, comments: readonly Comment[]): string[] {
    const inner = `${indent}  `;
    if (isScalar(value)) return [`${start} ${scalarOf(value, inner, this.form.width)}`];
    const lines = this.block(value, inner, comments);
    if (lines.length === 0) return [`${start} ${isSequence(value) ? '[]' : '{}'}`];
    return this.shorter([start, ...lines], start, value, indent, comments);
  }

  /** A value behind its dash: a block starts on the same line, and comments on its first line stand above. */
  private element(value: Value, indent: string, comments: readonly Comment[]): string[] {
    const start = `${indent}-`;
    if (isScalar(value)) return this.entry(start, value, indent, comments);
    const lines = this.block(value, `${indent}  `, comments);
    const first = lines.findIndex((line) => !line.startsWith(`${indent}  #`));
    if (first < 0) return this.entry(start, value, indent, comments);
    const block = lines.map((line, index) => {
      if (index < first) return indent + line.slice(indent.length + 2);
      return index === first ? `${start} ${line.slice(indent.length + 2)}` : line;
    });
    return this.shorter(block, start, value, indent, comments);
  }

  private block(value: Mapping | readonly Value[], indent: string, comments: readonly Comment[]): string[] {
    return isSequence(value) ? this.sequence(value, indent, comments) : this.mapping(value, indent, comments);
  }

  /** The value between braces, with what is said inside of it above, where that is shorter than its block. */
  private shorter(
    block: string[],
    start: string,
    value: Mapping | readonly Value[],
    indent: string,
    comments: readonly Comment[],
  ): string[] {
    const { width, mostFlowLines } = this.form;
    const inside = comments.filter(({ path }) => path.length > 0);
    // With two comments inside nobody would see which value each of them is about.
    if (mostFlowLines === 0 || inside.length > 1) return block;
    const lines = flowLines(start, value, { indent: `${indent}  `, width, keysOf: sortedKeys });
    if (lines === undefined || lines.length > mostFlowLines) return block;
    const commented = this.commented(
      inside.map(({ text }) => ({ path: [], text })),
      indent,
      lines,
    );
    return commented.length < block.length ? commented : block;
  }
}

/** No character that some reader takes for the end of the line, and of the comment. */
function printable(line: string): string {
  return line.replace(/[^ -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]+/g, ' ');
}

function commentsBelow(comments: readonly Comment[], key: string | number): readonly Comment[] {
  if (comments.length === 0) return comments;
  return comments
    .filter(({ path }) => path[0] === key)
    .map(({ path, text }) => ({ path: path.slice(1), text }));
}

/** Sorted by code units, which no locale changes. */
function sortedKeys(value: Mapping): string[] {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const first = firstKeys.filter((key) => keys.includes(key));
  return [...first, ...keys.filter((key) => !firstKeys.includes(key)).sort()];
}

function reaches(value: Value | undefined, path: Path): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return value !== undefined;
  if (value === undefined || isScalar(value)) return false;
  if (isSequence(value)) return typeof key === 'number' && reaches(value[key], rest);
  return typeof key === 'string' && Object.hasOwn(value, key) && reaches(value[key], rest);
}

type Scalar = string | number | boolean | null;

function isScalar(value: Value): value is Scalar {
  return value === null || typeof value !== 'object';
}
