import type { Kind } from './comparison.ts';
import { claims } from './kinds/claims.ts';
import { databases } from './kinds/databases.ts';
import { immichVersions } from './kinds/immich.ts';
import { impossible } from './kinds/impossible.ts';
import { clusters, namespaces } from './kinds/places.ts';
import { postgresVersion } from './kinds/postgresql.ts';

/** Every kind of change that is known. What two of them see is told by the first. */
export const kinds: readonly Kind[] = [
  namespaces,
  clusters,
  databases,
  claims,
  impossible,
  immichVersions,
  postgresVersion,
];
