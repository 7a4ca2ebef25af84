import { choice } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';

/** Where Immich keeps its files, in its containers and in the paths that its database holds. */
export type MediaLocation = Read<typeof mediaLocation>;

/** https://docs.immich.app/install/environment-variables: the default since v1.137.0, and the one before. */
export const mediaLocation = choice('/data', '/usr/src/app/upload');

/** Where Immich keeps its files unless it is told. */
export const standardMediaLocation = '/data';
