import { Construct } from 'constructs';
import type { VolumeSection } from '../../imports/sections.ts';
import { checkVolumeBackup } from '../installation/checks/volume-backups.ts';
import { Properties } from '../installation/properties.ts';
import { label } from '../installation/texts.ts';
import {
  type DynamicVolume,
  isShared,
  type NfsVolume,
  type Volume as VolumeSettings,
  volume,
} from '../installation/volume.ts';
import { populationName } from '../installation/volume-backups.ts';
import { KubePersistentVolume, KubePersistentVolumeClaim, Quantity } from '../kubernetes/api.ts';
import { comment } from '../kubernetes/comment.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { backupJobName, snapshotJobName } from '../kubernetes/longhorn-job.ts';
import { present } from '../kubernetes/present.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';

/** What a volume is made of. */
export interface VolumeProps {
  /** Namespace of the claim. */
  readonly namespace: string;
  /** Name of the claim, unless the section names one itself. */
  readonly claim: string;
  /**
   * One of the sections below `volumes` of an installation file. Of its `backup`, Longhorn's gives the claim the label of
   * a RecurringJob; the job itself, and the objects of VolSync, are made by `Immich` only: those that a claim with
   * `populate: { volsync }` is filled from too.
   */
  readonly volume: VolumeSection | Checked<VolumeSettings>;
}

/**
 * A claim, and the volume behind it where that is ours to make. An existing claim is left alone.
 *
 * @example
 * const volume = { storageClass: 'fast', size: '20Gi' };
 * const models = new Volume(chart, 'models', { namespace: 'photos', claim: 'models', volume });
 */
export class Volume extends Construct {
  /** Name of the claim, for whatever mounts it. */
  readonly claimName: string;
  /** Whether several nodes can mount it at once. */
  readonly isShared: boolean;

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id);
    const properties = new Properties(`Volume ${quote(id)}`);
    const settings = properties.read(volume, props.volume, 'volume');
    const namespace = properties.read(label, props.namespace, 'namespace');
    this.claimName = settings.claim ?? properties.read(label, props.claim, 'claim');
    this.isShared = isShared(settings);
    properties.check(props.volume, (at) => checkVolumeBackup(settings, at.in('volume')));
    switch (settings.kind) {
      case 'dynamic':
        dynamicClaim(this, this.claimName, namespace, settings);
        break;
      case 'nfs':
        nfsVolumeAndClaim(this, this.claimName, namespace, settings);
        break;
      case 'existing':
        break;
    }
  }
}

function dynamicClaim(scope: Construct, name: string, namespace: string, volume: DynamicVolume): void {
  const { labels, annotations } = dataMetadata(namespace);
  new KubePersistentVolumeClaim(scope, name, {
    metadata: {
      name,
      namespace,
      annotations,
      labels: { ...ownLabels, ...labels, ...longhornLabels(name, namespace, volume) },
    },
    spec: {
      accessModes: [volume.accessMode],
      storageClassName: volume.storageClass,
      resources: { requests: { storage: Quantity.fromString(volume.size.text) } },
      ...present({ dataSourceRef: sourceOf(name, volume) }),
    },
  });
}

/** What the claim is filled from: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-populators-and-data-sources */
function sourceOf(claim: string, { populate }: DynamicVolume) {
  switch (populate?.kind) {
    case undefined:
      return undefined;
    case 'volsync':
      return { apiGroup: 'volsync.backube', kind: 'ReplicationDestination', name: populationName(claim) };
    case 'dataSourceRef':
      return { ...present({ apiGroup: populate.apiGroup }), kind: populate.of, name: populate.name };
  }
}

/** Longhorn looks at the jobs of a claim only where the claim says that it is their source. */
function longhornLabels(claim: string, namespace: string, volume: DynamicVolume): Record<string, string> {
  const { longhorn, backup } = volume;
  const isBackedUp = backup !== undefined && backup !== 'none' && backup.kind === 'longhorn';
  if (longhorn === undefined && !isBackedUp) return {};
  const own = [
    ...(longhorn?.snapshots === undefined ? [] : [snapshotJobName(namespace, claim)]),
    ...(isBackedUp ? [backupJobName(namespace, claim)] : []),
  ];
  const jobs = [...(longhorn?.jobs ?? []), ...own].map((job) => `recurring-job.longhorn.io/${job}`);
  const groups = (longhorn?.groups ?? []).map((group) => `recurring-job-group.longhorn.io/${group}`);
  return Object.fromEntries(
    ['recurring-job.longhorn.io/source', ...jobs, ...groups].map((label) => [label, 'enabled']),
  );
}

/** Without this text a reader would take the empty class for a slip. */
const noClass = 'Empty, not absent: the default class must not take over.';

function nfsVolumeAndClaim(scope: Construct, name: string, namespace: string, volume: NfsVolume): void {
  const { labels, annotations } = dataMetadata(namespace);
  const allLabels = { ...ownLabels, ...labels };
  // Volumes have no namespace, so that two installations in one cluster need two names.
  const volumeName = `${namespace}-${name}`;
  const storage = { storage: Quantity.fromString(volume.size.text) };
  const accessModes = [volume.accessMode];
  const persistentVolume = new KubePersistentVolume(scope, `${name}-volume`, {
    metadata: { name: volumeName, labels: allLabels, annotations },
    spec: {
      accessModes,
      capacity: storage,
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '',
      mountOptions: [...volume.mountOptions],
      nfs: { server: volume.server, path: volume.path },
      claimRef: { namespace, name },
    },
  });
  comment(persistentVolume, ['spec', 'storageClassName'], noClass);
  const claim = new KubePersistentVolumeClaim(scope, name, {
    metadata: { name, namespace, labels: allLabels, annotations },
    spec: { accessModes, storageClassName: '', volumeName, resources: { requests: storage } },
  });
  comment(claim, ['spec', 'storageClassName'], noClass);
}
