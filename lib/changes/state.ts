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
 * The installations in the texts of dist: `<installation>/<cluster>/<layer>/<file>`. Files that are no manifests are
 * left out, and so are those that cannot be read: somebody else wrote them.
 */
export function statesOf(files: ReadonlyMap<string, string>, read: Reader): Map<string, State> {
  const found = new Map<string, { source: string | undefined; clusters: Map<string, Manifest[]> }>();
  for (const [file, text] of files) {
    const [installation = '', cluster = '', layer] = file.split('/');
    if (layer === undefined) continue;
    const manifest = read(file, text);
    if (manifest === undefined) continue;
    let state = found.get(installation);
    if (state === undefined) {
      state = { source: sourceOf(text), clusters: new Map() };
      found.set(installation, state);
    }
    const manifests = state.clusters.get(cluster);
    if (manifests === undefined) state.clusters.set(cluster, [manifest]);
    else manifests.push(manifest);
  }
  return found;
}

/** Reads the text of a manifest; undefined when it is none. */
export type Reader = (file: string, text: string) => Manifest | undefined;

/** A reader that gives the same manifest for the same file and text, and reads it when it is first looked at. */
export function sharedReader(): Reader {
  const known = new Map<string, { text: string; manifest: Manifest | undefined }>();
  return (file, text) => {
    const earlier = known.get(file);
    if (earlier?.text === text) return earlier.manifest;
    const manifest = manifestOf(file, text);
    known.set(file, { text, manifest });
    return manifest;
  };
}

function manifestOf(file: string, text: string): Manifest | undefined {
  if (!file.endsWith('.yaml')) return undefined;
  const object = objectIn(text);
  return object === undefined
    ? undefined
    : {
        file,
        object,
        comments: [],
        position: (path) => findPosition(text, { strict: false }, path, 'value'),
      };
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
