import { type Change, inOrder } from '../../lib/changes/change.ts';
import { changesBetween, changesOf } from '../../lib/changes/compare.ts';
import { sharedReader, statesOf } from '../../lib/changes/state.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { type Edit, edited } from '../installation/example.ts';

const known = new Map<string, ReadonlyMap<string, string>>();

/** The texts of dist for one installation file. */
export function distOf(text: string, file = 'installations/it.yaml'): ReadonlyMap<string, string> {
  const key = `${file}\n${text}`;
  let files = known.get(key);
  if (files === undefined) {
    const synthesis = synthesize(new Map([[file, text]]));
    if (synthesis.files === undefined) {
      throw new Error(synthesis.problems.map(({ key, message }) => `${key}: ${message}`).join('\n'));
    }
    files = synthesis.files;
    known.set(key, files);
  }
  return files;
}

/** What happens when one dist becomes another. */
export function changesOfTexts(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Change[] {
  const read = sharedReader();
  return changesBetween(statesOf(before, read), statesOf(after, read));
}

/** What happens when an installation file is edited. */
export function changesOfEdits(text: string, ...edits: readonly Edit[]): Change[] {
  return changesOfTexts(distOf(text), distOf(edited(text, ...edits)));
}

/** Changes as a table shows them, without those that are routine. */
export function shown(changes: readonly Change[]): string[] {
  return inOrder(changes)
    .filter(({ grade }) => grade !== 'routine')
    .map(({ grade, id }) => `${grade} ${id}`);
}

/** What happens when some manifests of others become others. Each is a text of YAML in flow style. */
export function changesOfManifests(before: readonly string[], after: readonly string[]): Change[] {
  const read = sharedReader();
  const state = (texts: readonly string[]) =>
    statesOf(new Map(texts.map((text, index) => [`it/k8s/${index}/object.yaml`, text])), read).get('it') ?? {
      source: undefined,
      clusters: new Map(),
    };
  return changesOf('it', state(before), state(after));
}

/** A manifest called `it`. */
export function object(apiVersion: string, kind: string, metadata: string, rest = ''): string {
  return `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: it, ${metadata} }, ${rest} }`;
}
