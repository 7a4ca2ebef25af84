import { isDerived } from '../../manifests/derived.ts';
import { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { nameOf } from '../../manifests/name.ts';
import { concernsNamespace, immich } from '../../manifests/views/immich.ts';
import { usedDatabases } from './immichs-database.ts';

/** The objects that hold data of Immich; every such object in a complete inventory. */
export interface DataHoldersView {
  readonly clusters: readonly Field[];
  /** Claims and volumes whose data goes with them; those that keep their data are not among them. */
  readonly claims: readonly Field[];
  readonly volumes: readonly Field[];
  readonly namespaces: readonly Field[];
}

/** The objects with which data of Immich would be lost. */
export function dataHolders(inventory: Inventory): DataHoldersView {
  const { namespaces, containers } = immich(inventory);
  const databases = usedDatabases(inventory).map(({ cluster }) => cluster);
  const servers = containers.filter(({ part }) => part === 'server').map(({ workload }) => workload);
  const claimed = new Set(
    servers.flatMap(({ volumes, namespace }) =>
      volumes.flatMap(({ claim }) => (claim?.text === undefined ? [] : `${namespace ?? ''}/${claim.text}`)),
    ),
  );
  const claims = inventory.all('', 'PersistentVolumeClaim').filter(
    (claim) =>
      inventory.complete ||
      (concernsNamespace(inventory, namespaceOf(claim)) &&
        claimed.has(`${namespaceOf(claim) ?? ''}/${nameOf(claim)}`) &&
        // What a chart makes is Helm's to delete, not Flux's.
        !(isDerived(claim.manifest) && claim.manifest.subject.kind !== 'PersistentVolumeClaim')),
  );
  const used = new Set(claims.flatMap((claim) => claim.at('spec', 'volumeName').text ?? []));
  return {
    clusters: inventory
      .all('postgresql.cnpg.io', 'Cluster')
      .filter((cluster) => inventory.complete || databases.includes(cluster)),
    claims: claims.filter((claim) => inventory.complete || !claimKeepsData(inventory, claim)),
    volumes: inventory
      .all('', 'PersistentVolume')
      .filter((volume) => inventory.complete || (used.has(nameOf(volume)) && !volumeKeepsData(volume))),
    namespaces: inventory
      .all('', 'Namespace')
      .filter((one) => inventory.complete || (namespaces.has(nameOf(one)) && !undeletable.has(nameOf(one)))),
  };
}

/**
 * The namespaces whose deletion Kubernetes refuses.
 * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle
 */
const undeletable = new Set(['default', 'kube-system', 'kube-public']);

/**
 * Whether the data of a claim outlives it: its volume was made by hand, or is to be retained.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming
 */
function claimKeepsData(inventory: Inventory, claim: Field): boolean {
  const name = claim.at('spec', 'volumeName').text;
  const storageClass = claim.at('spec', 'storageClassName').text;
  const volume = inventory.all('', 'PersistentVolume').find(
    (one) =>
      nameOf(one) === name ||
      (one.get('spec', 'claimRef', 'name') === nameOf(claim) &&
        one.get('spec', 'claimRef', 'namespace') === namespaceOf(claim)) ||
      // A class that only ties volumes and claims together, and makes none.
      (name === undefined &&
        storageClass !== undefined &&
        storageClass !== '' &&
        one.get('spec', 'storageClassName') === storageClass),
  );
  if (volume !== undefined) {
    return volumeKeepsData(volume);
  }
  // A volume that the claim calls by its name, or that no class makes, was made by hand.
  if (name !== undefined || storageClass === '') {
    return true;
  }
  const manifest = inventory.find('storage.k8s.io', 'StorageClass', undefined, storageClass ?? '')?.manifest;
  return manifest !== undefined && Field.of(manifest).get('reclaimPolicy') === 'Retain';
}

/** Without a word on it, a volume that was made by hand is retained; network shares and folders always are. */
function volumeKeepsData(volume: Field): boolean {
  return (
    volume.get('spec', 'persistentVolumeReclaimPolicy') !== 'Delete' ||
    ['nfs', 'hostPath', 'local'].some((type) => volume.at('spec', type).exists)
  );
}

function namespaceOf(object: Field): string | undefined {
  return object.at('metadata', 'namespace').text;
}
