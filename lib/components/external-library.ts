import type { Construct } from 'constructs';
import { type ExternalLibrary, libraryClaimOf } from '../installation/external-library.ts';
import { KubePersistentVolume, KubePersistentVolumeClaim, Quantity } from '../kubernetes/api.ts';
import { comment } from '../kubernetes/comment.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { ownLabels } from '../kubernetes/labels.ts';

/** A share has no size of its own here, and Kubernetes asks for one. */
const nominal = { storage: Quantity.fromString('1Ti') };

/** The claim of an external library and the volume behind it, read-only; nothing for a claim that exists. */
export function externalLibrary(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly library: ExternalLibrary;
    /** Whom the files of a share shall seem to belong to. */
    readonly user: number;
    readonly group: number;
  },
): void {
  const { name, namespace, library, user, group } = props;
  if (library.kind === 'existing') return;
  const claim = libraryClaimOf(name, library);
  const { labels, annotations } = dataMetadata(namespace);
  const metadata = { labels: { ...ownLabels, ...labels }, annotations };
  // Volumes have no namespace, so that two installations in one cluster need two names.
  const volumeName = `${namespace}-${claim}`;
  const accessModes = ['ReadOnlyMany'];
  const volume = new KubePersistentVolume(scope, `${claim}-volume`, {
    metadata: { name: volumeName, ...metadata },
    spec: {
      accessModes,
      capacity: nominal,
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '',
      claimRef: { namespace, name: claim },
      ...(library.kind === 'nfs'
        ? {
            mountOptions: ['ro', ...library.mountOptions],
            nfs: { server: library.server, path: library.folder, readOnly: true },
          }
        : {
            mountOptions: ['ro', `uid=${user}`, `gid=${group}`, ...library.mountOptions],
            // https://github.com/kubernetes-csi/csi-driver-smb/blob/master/docs/driver-parameters.md
            csi: {
              driver: 'smb.csi.k8s.io',
              volumeHandle: volumeName,
              readOnly: true,
              volumeAttributes: { source: `//${library.server}/${library.share}` },
              nodeStageSecretRef: { name: library.secret, namespace },
            },
          }),
    },
  });
  const object = new KubePersistentVolumeClaim(scope, claim, {
    metadata: { name: claim, namespace, ...metadata },
    spec: { accessModes, storageClassName: '', volumeName, resources: { requests: nominal } },
  });
  for (const one of [volume, object]) {
    comment(one, ['spec', 'storageClassName'], 'Empty, not absent: the default class must not take over.');
  }
}
