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
import type { Resources } from '../../installation/resources.ts';
import type { Store } from '../../installation/store.ts';
import { present } from '../present.ts';
import { checksumVariablesOf, filesAtOnce, storeConfiguration } from './store-configuration.ts';

/** A store as the Barman Cloud plugin knows it, for the databases of one namespace. */
export function objectStore(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: { readonly [label: string]: string };
    readonly annotations: { readonly [annotation: string]: string };
    readonly store: Store;
    /** What the program beside each instance may use, and what restores. */
    readonly sidecar: Resources;
    /** What is written to the store, and how long it is kept; undefined for a store that is only read. */
    readonly written: Pick<Backup, 'retention' | 'compression'> | undefined;
  },
): void {
  const { name, namespace, labels, annotations, store, written } = props;
  const { Limits, Requests } = amounts;
  const { requests, limits } = props.sidecar;
  new ObjectStore(scope, 'object-store', {
    metadata: { name, namespace, annotations: { ...annotations }, labels: { ...labels } },
    spec: {
      ...present({ retentionPolicy: written?.retention.text }),
      configuration: {
        ...storeConfiguration(store),
        ...(written === undefined ? { wal: { maxParallel: filesAtOnce } } : compressionOf(written)),
      },
      instanceSidecarConfiguration: {
        resources: {
          requests: {
            cpu: Requests.fromString(requests.cpu.text),
            memory: Requests.fromString(requests.memory.text),
          },
          limits: present({
            cpu: limits.cpu && Limits.fromString(limits.cpu.text),
            memory: limits.memory && Limits.fromString(limits.memory.text),
          }),
        },
        ...checksumVariablesOf(store),
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
    wal: {
      ...present({ compression: among(ObjectStoreSpecConfigurationWalCompression, compression) }),
      maxParallel: filesAtOnce,
    },
  };
}

const amounts = {
  Requests: ObjectStoreSpecInstanceSidecarConfigurationResourcesRequests,
  Limits: ObjectStoreSpecInstanceSidecarConfigurationResourcesLimits,
};
