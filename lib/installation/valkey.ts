import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { wholeNumber } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import { resources } from './resources.ts';
import { secretReference } from './secret-reference.ts';
import { image, objectName, storageSize } from './texts.ts';

/** Valkey: Immich's queue of jobs. */
export type Valkey = Read<typeof valkey>;

/** The image that is used unless the file names another; upstream's compose file has the same major. */
export const standardValkeyImage = 'docker.io/valkey/valkey:9.1-alpine';

export const valkey = mapping({
  image: defaulting(image, standardValkeyImage, 'Full image reference, best with its digest.'),
  resources: defaulting(
    resources({ requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '1Gi' } }),
    {},
    'CPU and memory that are reserved and allowed.',
  ),
  user: defaulting(wholeNumber(1, 2_147_483_647), 1000, 'Numeric user that Valkey runs as; never root.'),
  group: defaulting(wholeNumber(1, 2_147_483_647), 1000, 'Numeric group of the container and its volume.'),
  persistence: optional(
    mapping({
      storageClass: required(objectName, 'Storage class of the claim "immich-valkey".'),
      size: defaulting(storageSize, '1Gi', 'Size of the claim.'),
    }),
    'A small volume that keeps waiting jobs over a restart; without it they are lost and must be started again.',
  ),
  password: optional(
    secretReference,
    'The password of Valkey; without it, network policies alone protect it.',
  ),
});
