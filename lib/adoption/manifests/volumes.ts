import { supportOf } from '../../immich/versions.ts';
import { isUnknown } from '../../manifests/field.ts';
import type { ImmichContainerView } from '../../manifests/views/immich.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { externalLibraryPieces } from './external-libraries.ts';
import { modelPieces } from './models.ts';
import { backingPieces, claimIn, type Mounted, mountsOf } from './mounted.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';
import { libraryBackupPieces } from './volume-backup.ts';

/** The section `volumes`: what holds data today stays where it is. */
export function volumePieces(subject: Subject): Piece[] {
  const { server, machineLearning } = subject;
  const places = placesOf(subject);
  const mounted = mountsOf(server);
  const [library] = places.flatMap((place) => mounted.filter(({ mount }) => mount.path === place));
  const isBelow = (place: string) => mounted.some(({ mount }) => mount.path.startsWith(`${place}/`));
  const location = library?.mount.path ?? places.find(isBelow) ?? places[0] ?? '/data';
  const inside = mounted.filter(
    ({ mount }) => mount.path.startsWith(`${location}/`) && !isForConfiguration(mount.path),
  );
  const generated = library === undefined ? undefined : generatedAmong(inside, location);
  const apart = inside.filter((one) => generated === undefined || !generated.includes(one));
  const libraryPieces =
    library === undefined || apart.length > 0
      ? [libraryUnknown(library, apart, location)]
      : [
          ...backingPieces(subject, server, ['volumes', 'library'], library),
          ...(location === '/usr/src/app/upload'
            ? [take(['volumes', 'mediaLocation'], location, placeOf(library.mount.field))]
            : location === '/data'
              ? []
              : [movedPiece(location, library)]),
        ];
  const libraryClaim = claimIn(libraryPieces);
  return [
    ...libraryPieces,
    ...libraryBackupPieces(subject, libraryClaim),
    ...(generated?.[0] === undefined
      ? []
      : backingPieces(subject, server, ['volumes', 'generated'], generated[0])),
    ...modelPieces(subject, machineLearning, libraryPieces),
    ...externalLibraryPieces(
      subject,
      mounted.filter((one) => one !== library && !inside.includes(one)),
    ),
  ];
}

/** https://github.com/immich-app/immich/pull/20256 */
function movedPiece(location: string, { mount }: Mounted): Piece {
  return remark(
    ['volumes'],
    `The library is at ${location} in the pod today, and at /data from dist: the same volume, in another place. Immich notices at its first start, and changes the paths in its database itself. Make a base backup right before, and read the log of that start.`,
    placeOf(mount.field),
  );
}

/** The claims that Immich writes photos and what belongs to them to. */
export function libraryClaimsOf(subject: Subject): string[] {
  const places = placesOf(subject);
  return mountsOf(subject.server).flatMap(({ mount, volume }) =>
    !mount.readOnly &&
    volume.claim?.text !== undefined &&
    places.some((place) => mount.path === place || mount.path.startsWith(`${place}/`))
      ? [volume.claim.text]
      : [],
  );
}

/** Where Immich keeps its files, the likeliest first. */
function placesOf({ variables, server }: Subject): readonly string[] {
  const told = variables.get('IMMICH_MEDIA_LOCATION')?.value;
  if (told !== undefined && !isUnknown(told)) return [told.replace(/(.)\/+$/, '$1')];
  return version(server) === '/usr/src/app/upload'
    ? ['/usr/src/app/upload']
    : ['/data', '/usr/src/app/upload'];
}

function version({ version }: ImmichContainerView): string {
  return version === undefined ? '/data' : supportOf(version).mediaLocation;
}

function isForConfiguration(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path);
}

/** https://docs.immich.app/guides/custom-locations */
function generatedAmong(inside: readonly Mounted[], location: string): readonly Mounted[] | undefined {
  const folders = ['thumbs', 'encoded-video'];
  const found = folders.flatMap((folder) =>
    inside.filter(
      ({ mount }) => mount.path === `${location}/${folder}` && mount.field.at('subPath').text === folder,
    ),
  );
  const [first, second] = found;
  return found.length === folders.length && first?.volume === second?.volume && first?.volume.claim?.exists
    ? found
    : undefined;
}

function libraryUnknown(library: Mounted | undefined, apart: readonly Mounted[], location: string): Piece {
  const [first] = apart;
  const what =
    first === undefined
      ? `{ existingClaim } of the claim that holds the photos: nothing was found that is mounted at ${location}`
      : `{ existingClaim } of one claim with all folders: today ${apart.map(({ mount }) => mount.path).join(', ')} ${
          apart.length === 1 ? 'is a volume' : 'are volumes'
        } of its own inside the library, which dist does not mount, so move the files together first`;
  const place = first ?? library;
  return leaveOpen(
    ['volumes', 'library', 'existingClaim'],
    what,
    'to-be-filled-in',
    place === undefined ? undefined : placeOf(place.mount.field),
  );
}
