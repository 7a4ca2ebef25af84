import { type Field, isUnknown } from '../../manifests/field.ts';
import type { MountView } from '../../manifests/views/container.ts';
import type { ImmichContainerView } from '../../manifests/views/immich.ts';
import type { VolumeView } from '../../manifests/views/workload.ts';
import type { Path } from '../../text/path.ts';
import { leaveOpen, type Piece, take } from '../piece.ts';
import { claimPieces } from './claims.ts';
import { pieceOf, placeOf, withoutSlash } from './place.ts';
import type { Subject } from './subject.ts';

/** A volume where a container sees it. */
export interface Mounted {
  readonly mount: MountView;
  readonly volume: VolumeView;
}

/** The volumes that a container mounts, where their paths are known. */
export function mountsOf({ workload, container }: ImmichContainerView): Mounted[] {
  return container.mounts.flatMap((mount) => {
    const volume = workload.volumes.find(({ name }) => name === mount.volume);
    return volume === undefined || isUnknown(mount.path)
      ? []
      : [{ mount: { ...mount, path: mount.path.replace(/(.)\/+$/, '$1') }, volume }];
  });
}

/** What a mount is made of, in the keys of a volume. */
export function backingPieces(
  subject: Subject,
  { workload }: ImmichContainerView,
  path: Path,
  mounted: Mounted,
): Piece[] {
  const { mount, volume } = mounted;
  const subPath = mount.field.at('subPath');
  const isOwnSubPath = path.at(-1) === 'generated';
  if (subPath.exists && !isOwnSubPath) {
    return [
      leaveOpen(
        [...path, 'existingClaim'],
        `a claim of these files alone: today they are the folder ${subPath.text ?? ''} of ${volume.claim?.text ?? 'a volume'}, and dist mounts whole claims`,
        `to-be-filled-in-${String(path.at(-1))}`,
        placeOf(subPath),
      ),
    ];
  }
  if (volume.claim !== undefined) {
    return claimPieces(
      subject.inventory,
      path,
      volume.claim,
      workload.namespace,
      `immich-${String(path.at(-1))}`,
    );
  }
  const { field } = volume;
  if (workload.kind === 'StatefulSet' && field.at('metadata', 'name').exists) {
    const name = `${field.at('metadata', 'name').text ?? ''}-${workload.name}-0`;
    const mode = field.at('spec', 'accessModes', 0);
    return [
      take([...path, 'existingClaim'], name, placeOf(field)),
      ...(mode.text === 'ReadWriteOnce' ? [] : pieceOf([...path, 'accessMode'], mode)),
    ];
  }
  const share = field.at('nfs');
  if (share.exists) {
    return [
      ...sharePieces(path, share),
      take([...path, 'size'], '500Gi', undefined, 'A share has no size; this is what its claim says.'),
    ];
  }
  return [
    leaveOpen(
      [...path, 'existingClaim'],
      `a claim that holds these files: today they are in ${kindOf(field)}, which dist does not mount`,
      `to-be-filled-in-${String(path.at(-1))}`,
      placeOf(field),
    ),
  ];
}

/** An export of an NFS server. */
export function sharePieces(path: Path, share: Field): Piece[] {
  return [
    ...pieceOf([...path, 'nfs', 'server'], share.at('server'), {
      what: 'the NFS server',
      standIn: 'nas.example.net',
    }),
    ...pieceOf([...path, 'nfs', 'path'], withoutSlash(share.at('path')), {
      what: 'the exported folder',
      standIn: '/export',
    }),
  ];
}

function kindOf(volume: Field): string {
  const host = volume.at('hostPath', 'path').text;
  if (host !== undefined) return `the folder ${host} of a node`;
  if (volume.at('emptyDir').exists) return 'an emptyDir, and gone with the pod';
  const kind = volume.entries.map(([key]) => key).find((key) => key !== 'name');
  return kind === undefined ? 'a volume' : `a volume of the kind ${kind}`;
}

/** The claim that pieces of a volume name. */
export function claimIn(pieces: readonly Piece[]): string | undefined {
  const named = pieces.find(
    (piece) => piece.kind === 'taken' && ['existingClaim', 'claim'].includes(String(piece.path.at(-1))),
  );
  return named?.kind === 'taken' && typeof named.value === 'string' ? named.value : undefined;
}
