import { newestDatabaseImage } from '../immich/versions.ts';
import { readSource } from '../text/yaml-source.ts';
import { parseImmichVersion } from '../values/version.ts';
import { fieldAt, textAt } from './data.ts';

/** An image for the database of an installation, and why it is that one. */
export interface DatabaseImage {
  readonly image: string;
  /** The file inside dist that has it now; undefined where there is none, and it is the newest that is supported. */
  readonly file: string | undefined;
}

/**
 * The image that an installation file without one must name, so that nothing happens to its database: the one that
 * stands in dist, unchanged, whatever Immich's version supports. Only where dist has no database of this name the
 * newest that the version is known to work with.
 *
 * @param data The installation file as plain data, whatever else is wrong with it.
 * @param dist Path inside dist to text.
 */
export function databaseImageFor(
  data: unknown,
  dist: ReadonlyMap<string, string>,
): DatabaseImage | undefined {
  const installation = textAt(data, 'name');
  const name = textAt(data, 'database', 'cnpg', 'name') ?? 'immich-db';
  for (const file of installation === undefined ? [] : dist.keys()) {
    if (!file.startsWith(`${installation}/`) || !file.endsWith(`/cluster.${name}.yaml`)) continue;
    const image = imageOf(readSource(dist.get(file) ?? '', { strict: false }).data, name);
    if (image !== undefined) return { image, file };
  }
  const version = parseImmichVersion(textAt(data, 'version') ?? '');
  const image = version.ok ? newestDatabaseImage(version.value) : undefined;
  return image === undefined ? undefined : { image, file: undefined };
}

function imageOf(object: unknown, name: string): string | undefined {
  const isCluster =
    textAt(object, 'kind') === 'Cluster' &&
    textAt(object, 'apiVersion')?.startsWith('postgresql.cnpg.io/') === true &&
    textAt(object, 'metadata', 'name') === name;
  return isCluster ? textAt(fieldAt(object, 'spec'), 'imageName') : undefined;
}
