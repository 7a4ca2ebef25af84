import { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import type { VolumeView, WorkloadView } from '../../manifests/views/workload.ts';
import { namesNetworkShare, provisionsNetworkShares } from '../../values/network-share.ts';

/** Whether the volumes of a storage class are network shares: by its provisioner, or else by its name. */
export function isNetworkShare(inventory: Inventory, name: string): boolean {
  const manifest = inventory.find('storage.k8s.io', 'StorageClass', undefined, name)?.manifest;
  const provisioner = manifest === undefined ? undefined : Field.of(manifest).at('provisioner').text;
  return provisioner === undefined ? namesNetworkShare(name) : provisionsNetworkShares(provisioner);
}

/**
 * Where a volume of a pod says that it is a network share: itself, its claim's storage class, or the PersistentVolume
 * that its claim is bound to; undefined when it is none, or nobody knows.
 */
export function networkShareOf(
  inventory: Inventory,
  { namespace }: WorkloadView,
  volume: VolumeView,
): Field | undefined {
  const own = shareIn(volume.field);
  const claimName = volume.claim?.text;
  const manifest =
    claimName === undefined
      ? undefined
      : inventory.find('', 'PersistentVolumeClaim', namespace, claimName)?.manifest;
  const claim = manifest === undefined ? volume.field : Field.of(manifest);
  const storageClass = claim.at('spec', 'storageClassName');
  if (own !== undefined) {
    return own;
  }
  if (storageClass.text !== undefined && isNetworkShare(inventory, storageClass.text)) {
    return storageClass;
  }
  const bound = inventory
    .all('', 'PersistentVolume')
    .find(
      (one) =>
        (one.at('metadata', 'name').text !== undefined &&
          one.get('metadata', 'name') === claim.get('spec', 'volumeName')) ||
        (claimName !== undefined &&
          one.get('spec', 'claimRef', 'name') === claimName &&
          one.get('spec', 'claimRef', 'namespace') === namespace),
    );
  return bound === undefined ? undefined : shareIn(bound.at('spec'));
}

function shareIn(source: Field): Field | undefined {
  return (
    ['nfs', 'cifs', 'glusterfs'].map((kind) => source.at(kind)).find(({ exists }) => exists) ??
    (provisionsNetworkShares(source.at('csi', 'driver').text ?? '') ? source.at('csi', 'driver') : undefined)
  );
}
