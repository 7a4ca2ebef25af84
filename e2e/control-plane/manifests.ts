import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';

/** All objects of a YAML text, of one or several documents. */
export function manifestsIn(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    const object: KubernetesObject | null = document.toJS();
    return object === null ? [] : [object];
  });
}

/** All objects of a YAML file, or of those in a folder and its folders. */
export function readManifests(path: string): readonly KubernetesObject[] {
  return yamlFiles(path).flatMap((file) => manifestsIn(readFileSync(file, 'utf8')));
}

/** The YAML files below a folder, sorted. */
export function yamlFiles(path: string): readonly string[] {
  if (statSync(path).isFile()) {
    return [path];
  }
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(path, name));
}
