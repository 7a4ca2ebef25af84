import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, wholeNumber } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { unlessKey, variants } from '../schema/variants.ts';
import { environmentKeys } from './container.ts';
import { volumesKey } from './extra-volumes.ts';
import { placementKeys } from './placement.ts';
import { resources } from './resources.ts';
import { type SecretReference, secretReference } from './secret-reference.ts';
import { innerService } from './service.ts';
import { image, objectName, server, storageSize } from './texts.ts';

/** Immich's queue of jobs: one of our own, or a server that somebody else runs. */
export type Valkey = OwnValkey | ExternalValkey;

/** A Valkey that is made here. */
export type OwnValkey = Read<typeof ownValkey>;

/** A Valkey, Redis or Dragonfly of others. */
export type ExternalValkey = { readonly kind: 'external' } & (
  | {
      readonly by: 'host';
      readonly host: string;
      readonly port: number;
      readonly database: number;
      readonly username: string | undefined;
      readonly password: SecretReference | undefined;
    }
  | { readonly by: 'url'; readonly url: SecretReference }
);

/** The image that is used unless the file names another; upstream's compose file has the same major. */
export const standardValkeyImage = 'docker.io/valkey/valkey:9.1-alpine';

const ownKeys = mapping({
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
  service: defaulting(innerService, {}, 'The Service of Valkey.'),
  ...environmentKeys,
  ...placementKeys,
  volumes: volumesKey,
});

/** The Valkey that is made here. */
export const ownValkey = refine(ownKeys, (keys) => ({ kind: 'own' as const, ...keys }));

/** A server by its name, without TLS: Immich has no variable for it. */
const byHost: Schema<ExternalValkey> = refine(
  mapping({
    host: required(
      server,
      'DNS name or address of the server: Valkey, Redis, or Dragonfly, which needs --default_lua_flags=allow-undeclared-keys for the scripts of the queue. Its maxmemory-policy must be noeviction, or jobs get lost.',
    ),
    port: defaulting(wholeNumber(1, 65_535), 6379, 'Port of the server.'),
    database: defaulting(
      wholeNumber(0, 65_535),
      0,
      'Number of the database; one of its own for each Immich, or they take jobs from each other.',
    ),
    username: optional(anyText, 'User of the server, where it is not the one that the password alone is of.'),
    password: optional(secretReference, 'The password of the server.'),
  }),
  (server, at) => {
    if (server.username !== undefined && server.password === undefined) {
      at.in('username').error(
        'A username without a password cannot log in. Write password: { secret, key } beside it, or remove it.',
      );
    }
    return { kind: 'external', by: 'host', ...server };
  },
);

/** https://docs.immich.app/install/environment-variables#redis */
const byUrl: Schema<ExternalValkey> = refine(
  mapping({
    url: required(
      secretReference,
      'A key that holds REDIS_URL: "ioredis://" and the base64 of options of ioredis as JSON. TLS and Sentinel go only this way.',
    ),
  }),
  ({ url }) => ({ kind: 'external', by: 'url', url }),
);

const external = refine(
  mapping({
    external: required(
      variants<ExternalValkey>({ host: byHost, url: byUrl }),
      'A server that somebody else runs; then none is made here.',
    ),
  }),
  ({ external }) => external,
);

/** The keys of a Valkey that is made here, or `{ external: ... }`. */
export const valkey: Schema<Valkey> = unlessKey('external', external, ownValkey);

/** Whether waiting jobs are kept on a claim of ours. */
export function keepsJobs(valkey: Valkey): valkey is OwnValkey {
  return valkey.kind === 'own' && valkey.persistence !== undefined;
}
