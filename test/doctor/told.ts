import { examine } from '../../lib/doctor/doctor.ts';
import { isMapping } from '../../lib/manifests/field.ts';
import type { Value } from '../../lib/manifests/manifest.ts';
import { healthy } from './healthy.ts';
import { type Living, living, subjectOf } from './living.ts';

/** What is told of a healthy cluster with some answers changed, besides what is well. */
export async function told(changes: Changes, subject = subjectOf()): Promise<string[]> {
  const cluster = healthy(subject);
  const paths = changedPaths(cluster.paths, changes);
  const { groups } = await examine(subject, living({ ...cluster, paths }));
  return groups.flatMap(({ id, findings }) =>
    findings
      .filter(({ state }) => state !== 'well')
      .map(({ state, message }) => `${id}: ${state}: ${message}`),
  );
}

/** Answers with some of them changed. */
export function changedPaths(
  before: NonNullable<Living['paths']>,
  changes: Changes,
): NonNullable<Living['paths']> {
  const paths = { ...before };
  for (const [path, change] of Object.entries(changes)) {
    const answer = paths[path];
    if (answer === undefined) throw new Error(`There is no ${path} to be changed.`);
    const after = typeof change === 'function' ? change(answer) : change;
    if (after === undefined) delete paths[path];
    else paths[path] = after;
  }
  return paths;
}

/** Answers in place of others, or what becomes of them; undefined is what is not there. */
export type Changes = { readonly [path: string]: Value | undefined | ((before: Value) => Value) };

/** The same with some fields of its status. */
export const withStatus = (status: { [field: string]: Value | undefined }) => (before: Value) =>
  isMapping(before) ? { ...before, status: { ...toMapping(before['status']), ...status } } : before;

/** The same with some fields of its metadata. */
export const withMetadata = (metadata: { [field: string]: Value }) => (before: Value) =>
  isMapping(before) ? { ...before, metadata: { ...toMapping(before['metadata']), ...metadata } } : before;

/** The same with some fields of its spec. */
export const withSpec = (spec: { [field: string]: Value }) => (before: Value) =>
  isMapping(before) ? { ...before, spec: { ...toMapping(before['spec']), ...spec } } : before;

/** A list with one of its objects changed. */
export const inList = (name: string, change: (before: Value) => Value) => (before: Value) => ({
  items: itemsOf(before).map((item) => (nameOf(item) === name ? change(item) : item)),
});

/** A list without one of its objects. */
export const without = (name: string) => (before: Value) => ({
  items: itemsOf(before).filter((item) => nameOf(item) !== name),
});

/** A list with one more. */
export const withItem = (item: Value) => (before: Value) => ({ items: [...itemsOf(before), item] });

function toMapping(value: Value | undefined) {
  return isMapping(value) ? value : {};
}

function itemsOf(list: Value): readonly Value[] {
  const items = toMapping(list)['items'];
  return Array.isArray(items) ? items : [];
}

function nameOf(item: Value): Value | undefined {
  return toMapping(toMapping(item)['metadata'])['name'];
}
