import { parse } from 'yaml';
import { isSame } from '../changes/difference.ts';
import type { Files } from '../files/files.ts';
import { isMapping } from '../manifests/field.ts';
import type { Value } from '../manifests/manifest.ts';
import { type TreeChange, textAt } from './tree-change.ts';

/** An installation file that changes while nothing that is made from it does. */
export interface Stale {
  readonly installation: string;
  readonly file: string;
}

/**
 * Installation files that change without their dist: what they will do cannot be told yet. What says nothing of the
 * installation, such as a comment or what is accepted, needs no other dist.
 *
 * @param followed The files whose dist changes too.
 */
export function staleFiles({ before, after, changed }: TreeChange, followed: ReadonlySet<string>): Stale[] {
  return changed.flatMap((file): Stale[] => {
    if (followed.has(file) || !/\.ya?ml$/.test(file)) return [];
    const now = installationIn(after, file);
    if (now === undefined) return [];
    const earlier = installationIn(before, file);
    return earlier !== undefined && isSame(withoutAccept(earlier), withoutAccept(now))
      ? []
      : [{ installation: String(now['name']), file }];
  });
}

type Mapping = { readonly [key: string]: Value | undefined };

/** The data of an installation file: no Kubernetes object, and with the keys that every installation has. */
function installationIn(files: Files, file: string): Mapping | undefined {
  try {
    const data: Value = parse(textAt(files, file) ?? '', { logLevel: 'silent' });
    if (!isMapping(data) || data['apiVersion'] !== undefined) return undefined;
    return ['name', 'version', 'volumes', 'database'].every((key) => data[key] !== undefined)
      ? data
      : undefined;
  } catch {
    return undefined;
  }
}

function withoutAccept({ accept: _, ...data }: Mapping): Mapping {
  return data;
}
