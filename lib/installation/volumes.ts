import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { quote } from '../text/quoting.ts';
import { externalLibraries, libraryClaimOf } from './external-library.ts';
import { checkPaths } from './extra-volumes.ts';
import { mediaLocation, standardMediaLocation } from './media-location.ts';
import { libraryVolume, type Volume, volume } from './volume.ts';
import { bucketAddress, photosInS3 } from './wishes/common.ts';

/** A volume of which nothing wrong can be said, in place of one that could not be read. */
const standIn = (key: string) => ({ existingClaim: `unknown-${key}`, accessMode: 'ReadWriteMany' });

/** What the volume of models holds. */
export const contentOfModels = 'The models of machine learning, at /cache.';

/** What somebody may take for a bucket. */
function inFiles<T>(schema: Schema<T>, what: string, write: string): Schema<T> {
  return {
    ...schema,
    read: (value, at) =>
      typeof value === 'string' && bucketAddress.test(value)
        ? at.error(`${quote(value)} is no ${what}. ${photosInS3.says} Write ${write}.`)
        : schema.read(value, at),
  };
}

/** The volumes of an installation, by what they hold. */
export type Volumes = Omit<Read<typeof volumes>, 'externalLibraries' | 'mediaLocation'>;

export const volumes = refine(
  mapping({
    mediaLocation: defaulting(
      inFiles(mediaLocation, 'folder in a pod', 'mediaLocation: /data, and what it is kept on below library'),
      standardMediaLocation,
      'Where Immich keeps its files in its pods, and in the paths that its database holds. Another one is for an Immich that moved in with them there.',
    ),
    library: required(
      inFiles(libraryVolume, 'volume', '{ storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }'),
      'The photos and videos, at the media location.',
      { ...standIn('library'), backup: 'none' },
    ),
    generated: optional(
      volume,
      'Thumbnails and encoded video, which Immich can make again; default inside the library.',
    ),
    externalLibraries: defaulting(
      externalLibraries,
      {},
      'Photos that stand elsewhere, by names of your own: { nfs | smb | existingClaim, path }. They are mounted read-only, and no backup here has them.',
    ),
    models: optional(
      volume,
      `${contentOfModels} Required where its pods run here, and not to be written where none do.`,
    ),
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
    for (const [name, library] of Object.entries(volumes.externalLibraries)) {
      const place = at.in('externalLibraries', name);
      const taken = [
        { what: `The claim ${quote(libraryClaimOf(name, library))}`, key: 'existingClaim' },
        ...(library.kind === 'nfs'
          ? [{ what: `The export ${quote(library.folder)} of ${quote(library.server)}`, key: 'nfs' }]
          : []),
      ].find(({ what }) => seen.has(what));
      if (taken === undefined) continue;
      const where = library.kind === 'nfs' ? place.in('nfs') : place.in(taken.key);
      where.error(
        `${taken.what} is used by volumes.${seen.get(taken.what)} too: Immich would find its own files. Give it one of its own.`,
      );
    }
    checkPaths(
      Object.entries(volumes.externalLibraries).map(([name, { path }]) => ({
        path,
        at: at.in('externalLibraries', name, 'path'),
        name,
      })),
    );
    return volumes;
  },
);

/** What no two volumes may share. */
function identitiesOf(name: string, volume: Volume): { readonly what: string; readonly key: string }[] {
  const claim = {
    what: `The claim ${quote(claimNameOf(name, volume))}`,
    key: volume.kind === 'existing' ? 'existingClaim' : 'claim',
  };
  return volume.kind === 'nfs'
    ? [claim, { what: `The export ${quote(volume.path)} of ${quote(volume.server)}`, key: 'nfs' }]
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
