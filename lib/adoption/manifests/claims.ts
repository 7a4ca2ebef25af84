import { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import type { Path } from '../../text/path.ts';
import { leaveOpen, type Piece, take } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';
import { isWrittenOut } from './subject.ts';

/** The claim of that name in a namespace, where a manifest has it. */
export function claimOf(
  inventory: Inventory,
  namespace: string | undefined,
  name: string,
): Field | undefined {
  const manifest = inventory.find('', 'PersistentVolumeClaim', namespace, name)?.manifest;
  return manifest === undefined ? undefined : Field.of(manifest);
}

/** The volume that a claim is bound to by name, where a manifest has it. */
export function volumeOf(inventory: Inventory, claim: Field): Field | undefined {
  const { name, namespace } = claim.manifest.object.metadata ?? {};
  return inventory
    .all('', 'PersistentVolume')
    .find(
      (one) =>
        (claim.at('spec', 'volumeName').text !== undefined &&
          one.get('metadata', 'name') === claim.get('spec', 'volumeName')) ||
        (one.get('spec', 'claimRef', 'name') === name &&
          one.get('spec', 'claimRef', 'namespace') === namespace),
    );
}

/**
 * A claim that is kept by its name. What dist would write word for word the same stands in dist from now on; every
 * other claim stays as it is, and is only named.
 *
 * @param standard What dist calls the claim unless it is told.
 */
export function claimPieces(
  inventory: Inventory,
  path: Path,
  name: Field,
  namespace: string | undefined,
  standard: string,
): Piece[] {
  const claim = claimOf(inventory, namespace, name.text ?? '');
  if (claim === undefined || name.text === undefined || name.text.includes('${')) {
    return [
      ...pieceOf([...path, 'existingClaim'], name, {
        what: 'the claim that holds these files',
        standIn: standard,
      }),
      leaveOpen(
        [...path, 'accessMode'],
        'its access mode: kubectl get persistentvolumeclaim shows RWO, which is ReadWriteOnce, or RWX, which is ReadWriteMany',
        'ReadWriteOnce',
      ),
    ];
  }
  if (isWrittenOut(claim.manifest) && isPlain(claim)) {
    const spec = claim.at('spec');
    return [
      ...(name.text === standard ? [] : pieceOf([...path, 'claim'], claim.at('metadata', 'name'))),
      ...pieceOf([...path, 'storageClass'], spec.at('storageClassName')),
      ...pieceOf([...path, 'size'], spec.at('resources', 'requests', 'storage')),
      ...modePieces(path, spec.at('accessModes', 0)),
    ];
  }
  const share = shareOf(inventory, claim, namespace);
  if (share !== undefined) {
    return [
      ...(name.text === standard ? [] : pieceOf([...path, 'claim'], claim.at('metadata', 'name'))),
      ...pieceOf([...path, 'nfs', 'server'], share.at('spec', 'nfs', 'server')),
      ...pieceOf([...path, 'nfs', 'path'], share.at('spec', 'nfs', 'path')),
      ...pieceOf([...path, 'nfs', 'mountOptions'], share.at('spec', 'mountOptions')),
      ...pieceOf([...path, 'size'], claim.at('spec', 'resources', 'requests', 'storage')),
    ];
  }
  const mode = claim.at('spec', 'accessModes', 0);
  return [take([...path, 'existingClaim'], name.text, placeOf(name)), ...modePieces(path, mode)];
}

function modePieces(path: Path, mode: Field): Piece[] {
  return mode.text === 'ReadWriteOnce' || !mode.exists ? [] : pieceOf([...path, 'accessMode'], mode);
}

/** Whether a claim says no more than class, size and mode, so that dist can carry it on. */
function isPlain(claim: Field): boolean {
  const spec = claim.at('spec');
  const known = ['accessModes', 'resources', 'storageClassName', 'volumeMode'];
  return (
    spec.entries.every(([key]) => known.includes(key)) &&
    (spec.at('volumeMode').text ?? 'Filesystem') === 'Filesystem' &&
    (spec.at('storageClassName').text ?? '') !== '' &&
    spec.at('accessModes').items.length === 1 &&
    /^[a-z0-9-]{1,63}$/.test(claim.at('metadata', 'name').text ?? '')
  );
}

/** A volume over NFS that is called as dist calls it; another name would be another volume. */
function shareOf(inventory: Inventory, claim: Field, namespace: string | undefined): Field | undefined {
  const volume = volumeOf(inventory, claim);
  const name = claim.at('metadata', 'name').text ?? '';
  return volume?.at('spec', 'nfs').exists && volume.get('metadata', 'name') === `${namespace ?? ''}-${name}`
    ? volume
    : undefined;
}
