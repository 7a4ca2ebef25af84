import {
  type ClusterSpec,
  type ClusterSpecPostgresqlExtensions,
  type ClusterSpecResources,
  ClusterSpecResourcesLimits,
  ClusterSpecResourcesRequests,
  type ClusterSpecStorage,
} from '@cdk8s/imports-cnpg';
import { postgresSize, roomForWal } from '../../cnpg/wal-room.ts';
import type { Cnpg } from '../../installation/cnpg.ts';
import { type Image, postgresVersions } from '../../values/image.ts';
import { present } from '../present.ts';

/**
 * What the instances of the database are made of. The database itself and every restore of it have the same: data of
 * one image or under one set of parameters need not start under another.
 */
export function instances(
  cnpg: Cnpg,
  image: Image,
): Pick<ClusterSpec, 'imageName' | 'storage' | 'walStorage' | 'resources'> & {
  readonly postgresql: {
    readonly sharedPreloadLibraries: string[];
    readonly parameters: { readonly [name: string]: string };
    readonly extensions?: ClusterSpecPostgresqlExtensions[];
  };
} {
  return {
    imageName: image.text,
    storage: storageOf(cnpg.storage),
    ...present({ walStorage: cnpg.walStorage && storageOf(cnpg.walStorage) }),
    resources: resourcesOf(cnpg),
    postgresql: {
      sharedPreloadLibraries: ['vchord.so'],
      parameters: { ...parametersOf(cnpg), ...cnpg.parameters },
      ...present({ extensions: image.vectorchord && [extensionOf(image.vectorchord)] }),
    },
  };
}

/**
 * VectorChord as a volume. Its image keeps the folders of Debian, where CloudNativePG would look for others.
 * https://docs.vectorchord.ai/vectorchord/admin/kubernetes.html
 */
function extensionOf(image: Image): ClusterSpecPostgresqlExtensions {
  const major = postgresVersions(image)?.major ?? 18;
  return {
    name: 'vchord',
    image: { reference: image.text },
    dynamicLibraryPath: [`/usr/lib/postgresql/${major}/lib`],
    extensionControlPath: [`/usr/share/postgresql/${major}/`],
  };
}

/** What Immich's own database image sets: https://github.com/immich-app/base-images/tree/main/postgres */
function parametersOf({ resources, ...volumes }: Cnpg) {
  const memory = resources.limits.memory ?? resources.requests.memory;
  return {
    autovacuum_analyze_scale_factor: '0.05',
    autovacuum_vacuum_cost_limit: '1000',
    autovacuum_vacuum_scale_factor: '0.1',
    effective_io_concurrency: '200',
    max_wal_size: postgresSize(Math.min(5 * gibibyte, roomForWal(volumes))),
    random_page_cost: '1.2',
    // A quarter, as CloudNativePG advises; Immich's image has 512MB for 2 GB.
    shared_buffers: postgresSize(memory.amount / 4),
    wal_compression: 'on',
    work_mem: '16MB',
  };
}

const gibibyte = 2 ** 30;

function storageOf({ storageClass, size }: Cnpg['storage']): ClusterSpecStorage {
  return { storageClass, size: size.text };
}

function resourcesOf({ resources: { requests, limits } }: Cnpg): ClusterSpecResources {
  const { cpu, memory } = limits;
  return {
    requests: {
      cpu: ClusterSpecResourcesRequests.fromString(requests.cpu.text),
      memory: ClusterSpecResourcesRequests.fromString(requests.memory.text),
    },
    limits: {
      ...present({ cpu: cpu && ClusterSpecResourcesLimits.fromString(cpu.text) }),
      ...present({ memory: memory && ClusterSpecResourcesLimits.fromString(memory.text) }),
    },
  };
}
