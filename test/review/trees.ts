import { filesOf } from '../../lib/files/texts.ts';
import type { TreeChange } from '../../lib/review/tree-change.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';

/** Texts by their paths. */
export type Texts = { readonly [path: string]: string };

/** The change from some texts to others. */
export function change(before: Texts, after: Texts): TreeChange {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return {
    before: filesOf('before', new Map(Object.entries(before))),
    after: filesOf('after', new Map(Object.entries(after))),
    changed: paths.filter((path) => before[path] !== after[path]),
  };
}

/** An installation file with what synth makes of it, in a folder. */
export function installed(text: string, name = 'home', folder = ''): Texts {
  const file = `installations/${name}.yaml`;
  const { files, problems } = synthesize(new Map([[file, text]]));
  if (files === undefined) throw new Error(JSON.stringify(problems));
  return Object.fromEntries([
    [`${folder}${file}`, text],
    ...[...files].map(([path, made]): [string, string] => [`${folder}dist/${path}`, made]),
  ]);
}
