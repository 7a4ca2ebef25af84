import { type DatabaseSpec, DatabaseSpecDatabaseReclaimPolicy } from '@cdk8s/imports-cnpg';
import { extensionsOf } from '../immich/extensions.ts';
import { present } from '../kubernetes/present.ts';
import { databaseName } from '../names.ts';
import type { Image } from '../values/image.ts';

/**
 * Immich's database inside a Cluster, with the extensions that it needs, dependencies first, since CloudNativePG creates
 * them one by one without CASCADE.
 *
 * VectorChord's version is stated, so that a new image also updates the extension: Immich may not do that itself
 * without superuser, and does not start while an update is due.
 */
export function databaseSpec(cluster: string, image: Image): DatabaseSpec {
  return {
    cluster: { name: cluster },
    name: databaseName,
    owner: databaseName,
    databaseReclaimPolicy: DatabaseSpecDatabaseReclaimPolicy.RETAIN,
    extensions: extensionsOf(image).map(({ name, version }) => ({ name, ...present({ version }) })),
  };
}
