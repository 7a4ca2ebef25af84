import { join } from 'node:path';
import { parse } from 'yaml';
import { nodeFiles } from '../../cli/node-files.ts';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { readDist } from './read-dist.ts';

export interface CommittedObject {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** The text of every file in the committed `dist/`. */
export const committedFiles: ReadonlyMap<string, string> = readDist(
  nodeFiles(join(__dirname, '../../dist')),
).files;

/** The installations in the committed `dist/`. */
export const committedInstallations: readonly string[] = [
  ...new Set([...committedFiles.keys()].map((file) => file.split('/')[0] ?? file)),
];

/** The objects of one installation, as the API server would read them. */
export function committedObjects(installation: string): CommittedObject[] {
  return [...committedFiles]
    .filter(([file]) => file.startsWith(`${installation}/`) && file.endsWith('.yaml'))
    .map(([file, text]) => ({ file, object: parse(text, { version: '1.1' }) }));
}
