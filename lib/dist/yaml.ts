import type { Comment, Manifest, Value } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';
import { keyOf, scalarOf, wrap } from './scalar.ts';

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
  const { file, object, comments } = manifest;
  for (const { path } of comments) {
    if (!reaches(object, path)) {
      throw new Error(`${file}: a comment belongs to ${path.join('.')}, but the object has no such value.`);
    }
  }
  return `${[...commentLines(comments, ''), ...mapping(object, '', comments)].join('\n')}\n`;
}

/** The text of a mapping that stands inside of a manifest: written like a manifest, without comments. */
export function documentOf(value: Mapping): string {
  return `${mapping(value, '', []).join('\n')}\n`;
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

/** `comments` have paths relative to the value that is being written; those with an empty path are its own. */
function mapping(value: Mapping, indent: string, comments: readonly Comment[]): string[] {
  return sortedKeys(value).flatMap((key) => {
    const below = commentsBelow(comments, key);
    return [
      ...commentLines(below, indent),
      ...entry(`${indent}${keyOf(key)}:`, value[key] ?? null, indent, below),
    ];
  });
}

function sequence(items: readonly Value[], indent: string, comments: readonly Comment[]): string[] {
  return items.flatMap((item, index) => {
    const below = commentsBelow(comments, index);
    return [...commentLines(below, indent), ...element(item, indent, below)];
  });
}

/** A value behind its key: a block starts on the next line. */
function entry(start: string, value: Value, indent: string, comments: readonly Comment[]): string[] {
  const inner = `${indent}  `;
  if (isScalar(value)) return [`${start} ${scalarOf(value, inner)}`];
  const lines = block(value, inner, comments);
  return lines.length === 0 ? [`${start} ${isSequence(value) ? '[]' : '{}'}`] : [start, ...lines];
}

/** A value behind its dash: a block starts on the same line, and comments on its first line stand above. */
function element(value: Value, indent: string, comments: readonly Comment[]): string[] {
  const start = `${indent}-`;
  if (isScalar(value)) return entry(start, value, indent, comments);
  const lines = block(value, `${indent}  `, comments);
  const first = lines.findIndex((line) => !line.startsWith(`${indent}  #`));
  if (first < 0) return entry(start, value, indent, comments);
  return lines.map((line, index) => {
    if (index < first) return indent + line.slice(indent.length + 2);
    return index === first ? `${start} ${line.slice(indent.length + 2)}` : line;
  });
}

function block(value: Mapping | readonly Value[], indent: string, comments: readonly Comment[]): string[] {
  return isSequence(value) ? sequence(value, indent, comments) : mapping(value, indent, comments);
}

function commentLines(comments: readonly Comment[], indent: string): string[] {
  return comments
    .filter(({ path }) => path.length === 0)
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => wrap(printable(line), 98 - indent.length))
    .map((line) => `${indent}# ${line}`.trimEnd());
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

type Mapping = { readonly [field: string]: Value | undefined };
type Scalar = string | number | boolean | null;

function isScalar(value: Value): value is Scalar {
  return value === null || typeof value !== 'object';
}

/** `Array.isArray` does not narrow readonly arrays: https://github.com/microsoft/TypeScript/issues/17002 */
function isSequence(value: Mapping | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}
