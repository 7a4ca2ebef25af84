import {
  type ClusterSpec,
  type ClusterSpecResources,
  ClusterSpecResourcesLimits,
  ClusterSpecResourcesRequests,
  type ClusterSpecStorage,
} from '@cdk8s/imports-cnpg';
import type { Cnpg } from '../../installation/cnpg.ts';
import type { Image } from '../../values/image.ts';
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
    },
  };
}

/** What Immich's own database image sets: https://github.com/immich-app/base-images/tree/main/postgres */
function parametersOf({ resources, storage, walStorage }: Cnpg) {
  const memory = resources.limits.memory ?? resources.requests.memory;
  // The write-ahead log must fit beside everything else: PostgreSQL stops when its volume is full.
  const room = walStorage === undefined ? storage.size.amount / 4 : walStorage.size.amount / 2;
  return {
    autovacuum_analyze_scale_factor: '0.05',
    autovacuum_vacuum_cost_limit: '1000',
    autovacuum_vacuum_scale_factor: '0.1',
    effective_io_concurrency: '200',
    max_wal_size: postgresSize(Math.min(5 * gibibyte, room)),
    random_page_cost: '1.2',
    // A quarter, as CloudNativePG advises; Immich's image has 512MB for 2 GB.
    shared_buffers: postgresSize(memory.amount / 4),
    wal_compression: 'on',
    work_mem: '16MB',
  };
}

const gibibyte = 2 ** 30;

/** An amount of bytes as PostgreSQL writes it; its units are of 1024, and below 128MB nothing works well. */
function postgresSize(bytes: number): string {
  const megabytes = Math.max(128, Math.floor(bytes / 2 ** 20));
  return megabytes % 1024 === 0 ? `${megabytes / 1024}GB` : `${megabytes}MB`;
}

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
