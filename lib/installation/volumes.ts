import { mapping, optional, required } from '../schema/mapping.ts';
import { type Read, refined } from '../schema/schema.ts';
import { libraryVolume, type Volume, volume } from './volume.ts';

/** A volume of which nothing wrong can be said, in place of one that could not be read. */
const standIn = (key: string) => ({ existingClaim: `unknown-${key}`, accessMode: 'ReadWriteMany' });

/** The volumes of an installation, by what they hold. */
export type Volumes = Read<typeof volumes>;

export const volumes = refined(
  mapping({
    library: required(libraryVolume, 'The photos and videos, at /data.', {
      ...standIn('library'),
      backup: 'none',
    }),
    generated: optional(
      volume,
      'Thumbnails and encoded video, which Immich can make again; default inside the library.',
    ),
    models: required(volume, 'The models of machine learning, at /cache.', standIn('models')),
  }),
  (volumes, at) => {
    const names = ['library', 'generated', 'models'] as const;
    const seen = new Map<string, string>();
    for (const name of names) {
      const volume = volumes[name];
      for (const { what, key } of volume === undefined ? [] : identitiesOf(name, volume)) {
        const other = seen.get(what);
        if (other === undefined) seen.set(what, name);
        else at.in(name, key).error(`${what} is used by volumes.${other} too. Give each volume its own.`);
      }
    }
    return volumes;
  },
);

/** What no two volumes may share. */
function identitiesOf(name: string, volume: Volume): { readonly what: string; readonly key: string }[] {
  const claim = {
    what: `The claim "${claimNameOf(name, volume)}"`,
    key: volume.kind === 'existing' ? 'existingClaim' : 'claim',
  };
  return volume.kind === 'nfs'
    ? [claim, { what: `The export "${volume.path}" of "${volume.server}"`, key: 'nfs' }]
    : [claim];
}

/** The name of a volume's claim, such as `immich-library`. */
export function claimNameOf(name: string, volume: Volume): string {
  return volume.claim ?? `immich-${name}`;
}

/** The names of all claims. */
export function volumeClaimsOf(volumes: Volumes): string[] {
  return Object.entries(volumes).flatMap(([key, volume]) =>
    volume === undefined ? [] : [claimNameOf(key, volume)],
  );
}
