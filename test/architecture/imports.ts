import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';

/** A source file of ours, with what it imports: paths of our own files, and names of packages. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** All TypeScript files of `lib/`, `cli/` and the commands at the top. */
export function readSourceFiles(): SourceFile[] {
  const below = ['lib', 'cli'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  );
  return [...below.filter((path) => path.endsWith('.ts')), 'main.ts', 'docs.ts'].sort().map((path) => {
    const text = readFileSync(path, 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });
}

/** What a text imports, or exports from elsewhere; types too, because a wall holds for them as well. */
export function importsOf(path: string, text: string): string[] {
  const statements = /^(?:import|export)\b(?:[^;'"]*?\bfrom)?\s*(['"])([^'"]+)\1/gm;
  const calls = /\bimport\((['"])([^'"]+)\1\)/g;
  return [...text.matchAll(statements), ...text.matchAll(calls)].map(([, , name = '']) =>
    name.startsWith('.') ? posix.join(dirname(path), name) : name,
  );
}

/** The part of the house in which a file stands: a folder of `lib/`, a file at its root, `cli`, or `top`. */
export function partOf(path: string): string {
  const [root = '', folder = '', ...deeper] = path.split('/');
  if (root !== 'lib') return root === 'cli' ? 'cli' : 'top';
  return deeper.length > 0 ? folder : folder.replace(/\.ts$/, '');
}

/** Circles in a graph, each as the way around it. */
export function circlesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): void => {
    if (way.includes(node)) found.push([...way.slice(way.indexOf(node)), node].join(' -> '));
    if (done.has(node) || way.includes(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}
