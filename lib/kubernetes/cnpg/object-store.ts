import {
  ObjectStore,
  type ObjectStoreSpecConfigurationData,
  ObjectStoreSpecConfigurationDataCompression,
  type ObjectStoreSpecConfigurationWal,
  ObjectStoreSpecConfigurationWalCompression,
  ObjectStoreSpecInstanceSidecarConfigurationResourcesLimits,
  ObjectStoreSpecInstanceSidecarConfigurationResourcesRequests,
} from '@cdk8s/imports-cnpg/barmancloud';
import type { Construct } from 'constructs';
import type { Backup } from '../../installation/backup.ts';
import type { Store } from '../../installation/store.ts';
import { present } from '../present.ts';
import { storeConfiguration } from './store-configuration.ts';

/** A store as the Barman Cloud plugin knows it, for the databases of one namespace. */
export function objectStore(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: { readonly [label: string]: string };
    readonly annotations: { readonly [annotation: string]: string };
    readonly store: Store;
    /** What is written to the store, and how long it is kept; undefined for a store that is only read. */
    readonly written: Pick<Backup, 'retention' | 'compression'> | undefined;
  },
): void {
  const { name, namespace, labels, annotations, store, written } = props;
  const { Limits, Requests } = sidecar;
  new ObjectStore(scope, 'object-store', {
    metadata: { name, namespace, annotations: { ...annotations }, labels: { ...labels } },
    spec: {
      ...present({ retentionPolicy: written?.retention.text }),
      configuration: {
        ...storeConfiguration(store),
        ...(written === undefined ? {} : compressionOf(written)),
      },
      instanceSidecarConfiguration: {
        resources: {
          requests: { cpu: Requests.fromString('50m'), memory: Requests.fromString('128Mi') },
          limits: { memory: Limits.fromString('512Mi') },
        },
        ...(store.kind === 's3' && store.endpoint !== undefined ? { env: s3Checksums } : {}),
      },
    },
  });
}

/** The member of a generated enumeration with this text. */
export function among<E extends string>(
  members: { readonly [name: string]: E },
  text: string | undefined,
): E | undefined {
  return Object.values(members).find((member) => member === text);
}

function compressionOf({ compression }: Pick<Backup, 'compression'>): {
  readonly data: ObjectStoreSpecConfigurationData;
  readonly wal: ObjectStoreSpecConfigurationWal;
} {
  return {
    data: present({ compression: among(ObjectStoreSpecConfigurationDataCompression, compression) }),
    wal: present({ compression: among(ObjectStoreSpecConfigurationWalCompression, compression) }),
  };
}

const sidecar = {
  Requests: ObjectStoreSpecInstanceSidecarConfigurationResourcesRequests,
  Limits: ObjectStoreSpecInstanceSidecarConfigurationResourcesLimits,
};

/** Newer clients send checksums that S3 services other than Amazon's refuse: https://github.com/boto/boto3/issues/4392 */
const s3Checksums = [
  { name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_required' },
  { name: 'AWS_RESPONSE_CHECKSUM_VALIDATION', value: 'when_required' },
];
