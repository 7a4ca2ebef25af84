import { parse } from 'yaml';
import { isMapping } from '../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../manifests/manifest.ts';
import { findPosition } from '../text/yaml-source.ts';

/** One installation as it is at one time: its manifests by the Kubernetes cluster that gets them. */
export interface State {
  /** The file that dist says it was made from; undefined for manifests of others. */
  readonly source: string | undefined;
  readonly clusters: ReadonlyMap<string, readonly Manifest[]>;
}

/**
 * The installations in the texts of dist: `<installation>/<cluster>/<layer>/<file>`, or `<installation>/<layer>/<file>`
 * beside a `ks.yaml`, where the Kubernetes cluster is called like the installation. Files that are no manifests are
 * left out, and so are those that cannot be read: somebody else wrote them.
 */
export function statesOf(files: ReadonlyMap<string, string>, reader: Reader): Map<string, State> {
  const found = new Map<string, { source: string | undefined; clusters: Map<string, Manifest[]> }>();
  for (const [file, text] of files) {
    const [installation = '', ...steps] = file.split('/');
    const isAlone = files.has(`${installation}/ks.yaml`);
    const [cluster = '', layer] = isAlone ? [installation, ...steps] : steps;
    if (layer === undefined) continue;
    const read = reader(file, text);
    if (read.length === 0) continue;
    let state = found.get(installation);
    if (state === undefined) {
      state = { source: sourceOf(text), clusters: new Map() };
      found.set(installation, state);
    }
    const manifests = state.clusters.get(cluster);
    if (manifests === undefined) state.clusters.set(cluster, [...read]);
    else manifests.push(...read);
  }
  return found;
}

/** Reads the manifests in a text; empty when there is none. */
export type Reader = (file: string, text: string) => readonly Manifest[];

/** A reader that gives the same manifests for the same file and text, and reads them when they are first looked at. */
export function sharedReader(): Reader {
  const known = new Map<string, { text: string; manifests: readonly Manifest[] }>();
  return (file, text) => {
    const earlier = known.get(file);
    if (earlier?.text === text) return earlier.manifests;
    const manifests = manifestsOf(file, text);
    known.set(file, { text, manifests });
    return manifests;
  };
}

function manifestsOf(file: string, text: string): Manifest[] {
  if (!file.endsWith('.yaml')) return [];
  return documentsOf(text).flatMap(({ firstLine, text }) => {
    const object = objectIn(text);
    return object === undefined
      ? []
      : [
          {
            file,
            object,
            comments: [],
            position: (path) => {
              const found = findPosition(text, { strict: false }, path, 'value');
              return found && { line: found.line + firstLine, column: found.column };
            },
          },
        ];
  });
}

/** The documents of a text, and how many lines stand before each. */
function documentsOf(text: string): { readonly firstLine: number; readonly text: string }[] {
  if (!text.includes('\n---\n')) return [{ firstLine: 0, text }];
  let firstLine = 0;
  return text.split(/^---\n/m).map((document) => {
    const before = firstLine;
    firstLine += document.split('\n').length;
    return { firstLine: before, text: document };
  });
}

function objectIn(text: string): KubernetesObject | undefined {
  try {
    const value: Value = parse(text, { logLevel: 'silent' });
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: Value): value is KubernetesObject {
  return isMapping(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}

function sourceOf(text: string): string | undefined {
  return /^# Made by immich-cdk8s from (.*)\. Edit that file, not this one\.$/m.exec(text)?.[1];
}
