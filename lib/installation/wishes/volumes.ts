import type { Wish } from '../../schema/wish.ts';
import { photosInBucket, photosInS3 } from './common.ts';

/** Below volumes. */
export const volumesWishes: readonly Wish[] = [
  {
    ...photosInBucket,
    keys: photosInBucket.keys.replace('medialocation ', '').replace('library ', ''),
    write: 'library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }',
  },
  {
    keys: 'photos upload uploads data originals immich',
    write: 'library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }',
  },
  {
    keys: 'cache modelcache mlcache machinelearning ml',
    write: 'models: { storageClass: longhorn, size: 20Gi }',
  },
  {
    keys: 'thumbs thumbnails encodedvideo transcodes thumbnail',
    write: 'generated: { storageClass: longhorn, size: 100Gi }',
  },
  {
    keys: 'database postgres db pgdata',
    says: 'The volume of the database is named below database.cnpg.storage.',
  },
  { keys: 'valkey redis', at: 'top', write: 'valkey: { persistence: { storageClass: longhorn } }' },
  {
    keys: 'external extra externallibrary',
    says: 'Photos that stand elsewhere are mounted read-only.',
    write: 'externalLibraries: { family: { existingClaim: family, path: /mnt/family } }',
  },
  {
    ...photosInS3,
    write: 'library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }',
  },
];

/** In an external library. */
export const externalLibraryWishes: readonly Wish[] = [
  {
    ...photosInS3,
    says: 'Immich reads external libraries as files only. A CSI driver that mounts a bucket gives it a claim.',
    write: 'existingClaim: photos-of-the-bucket, path: /mnt/photos',
  },
];

/** In one volume. */
export const volumeWishes: readonly Wish[] = [
  {
    ...photosInBucket,
    keys: 'storage backend type',
    write: 'storageClass: longhorn, size: 500Gi, backup: { volsync: {} }',
  },
  { ...photosInS3, write: 'storageClass: longhorn, size: 500Gi, backup: { volsync: {} }' },
  {
    keys: 'hostpath local smb cifs samba iscsi csi ceph emptydir webdav path',
    says: 'Make a PersistentVolume and a claim for it yourself, and name the claim.',
    write: 'existingClaim: immich-photos, backup: { volsync: {} }',
  },
  {
    keys: 'pvc claimname persistentvolumeclaim volumename',
    write: 'existingClaim: immich-photos, backup: { volsync: {} }',
  },
  {
    keys: 'server',
    write: 'nfs: { server: nas.example.net, path: /export/immich }, size: 500Gi, backup: { volsync: {} }',
  },
  {
    keys: 'class storageclassname sc',
    write: 'storageClass: longhorn, size: 500Gi, backup: { volsync: {} }',
  },
  {
    keys: 'capacity storage requests resources',
    write: 'storageClass: longhorn, size: 500Gi, backup: { volsync: {} }',
  },
];
