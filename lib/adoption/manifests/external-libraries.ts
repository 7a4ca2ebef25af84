import { isUnknown } from '../../manifests/field.ts';
import type { Piece } from '../piece.ts';
import { remark, take } from '../piece.ts';
import { claimOf } from './claims.ts';
import { type Mounted, sharePieces } from './mounted.ts';
import { placeOf, withoutSlash } from './place.ts';
import type { Subject } from './subject.ts';

/** Photos that stand elsewhere: Immich shows them where they are, and dist mounts them read-only at the same path. */
export function externalLibraryPieces(subject: Subject, mounted: readonly Mounted[]): Piece[] {
  return mounted.filter(holdsFiles).flatMap((one) => libraryPieces(subject, one));
}

function libraryPieces({ inventory, namespace }: Subject, { mount, volume }: Mounted): Piece[] {
  const path = ['volumes', 'externalLibraries', nameFor(mount.path)];
  const place = placeOf(mount.field);
  const at = take([...path, 'path'], mount.path, place);
  const written = mount.readOnly
    ? []
    : [
        remark(
          ['volumes'],
          `${mount.path} can be written to today, and not from dist: Immich can then neither delete in it nor write XMP files.`,
          place,
        ),
      ];
  const share = volume.field.at('nfs');
  const [server, folder] = [share.at('server').text, withoutSlash(share.at('path')).text];
  const isWhole = !mount.field.at('subPath').exists;
  if (isWhole && server !== undefined && folder !== undefined) {
    const known = isUnknown(server + folder)
      ? sharePieces(path, share)
      : [take([...path, 'nfs'], { server, path: folder }, placeOf(share))];
    return [...known, at, ...written];
  }
  const name = volume.claim?.text;
  if (isWhole && name !== undefined && !isUnknown(name)) {
    const claim = claimOf(inventory, namespace, name);
    const mode = claim?.at('spec', 'accessModes', 0).text;
    const isShared = mode === 'ReadWriteMany' || mode === 'ReadOnlyMany';
    return [
      take([...path, 'existingClaim'], name, placeOf(volume.claim ?? volume.field)),
      ...(isShared ? [take([...path, 'accessMode'], mode)] : []),
      at,
      ...written,
    ];
  }
  return [
    remark(
      ['volumes'],
      `What is mounted at ${mount.path} was not carried over: an external library is an NFS export, an SMB share or a whole claim.`,
      place,
    ),
  ];
}

/** Whether a mount may be photos: neither configuration nor a scratch folder. */
function holdsFiles({ volume, mount }: Mounted): boolean {
  return (
    volume.writable &&
    !volume.field.at('emptyDir').exists &&
    !/^\/(tmp|cache|dev|run|etc|config|var)(\/|$)/.test(mount.path)
  );
}

/** `/mnt/family` is `mnt-family`. */
function nameFor(path: string): string {
  return path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
}
