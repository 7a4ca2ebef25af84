import {
  Cluster,
  type ClusterSpec,
  type ClusterSpecManaged,
  ClusterSpecManagedServicesAdditionalSelectorType,
  ClusterSpecManagedServicesDisabledDefaultServices,
  ClusterSpecPrimaryUpdateMethod,
  ClusterSpecPrimaryUpdateStrategy,
  ClusterSpecResourcesLimits,
  ClusterSpecResourcesRequests,
  Database,
  DatabaseSpecDatabaseReclaimPolicy,
} from '@cdk8s/imports-cnpg';
import type { Construct } from 'constructs';
import { archiveFolderOf, type Cnpg, sourceFolderOf } from '../installation/cnpg.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { labelsOf } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import { type Image, postgresVersions } from '../values/image.ts';
import { backup, backupOfCluster } from './backup.ts';
import { recovery, source } from './recovery.ts';

/** The name of Immich's database inside PostgreSQL, and of the role that owns it. */
export const databaseName = 'immich';

export const databasePort = { name: 'postgres', number: 5432 };

export interface DatabaseProps {
  readonly namespace: string;
  readonly cnpg: Cnpg;
  readonly image: Image;
  /** Whether Immich runs in another Kubernetes cluster. */
  readonly isRemote: boolean;
}

/** The CloudNativePG Cluster with VectorChord, its extensions and its backup. */
export function database(scope: Construct, props: DatabaseProps): void {
  const { namespace, cnpg } = props;
  cluster(scope, props);
  extensions(scope, props);
  if (cnpg.backup !== 'none') {
    backup(scope, { namespace, database: cnpg.name, folder: archiveFolderOf(cnpg), backup: cnpg.backup });
  }
}

function cluster(scope: Construct, props: DatabaseProps): void {
  const { namespace, cnpg, image, isRemote } = props;
  const { labels, annotations } = dataMetadata(namespace);
  const folder = archiveFolderOf(cnpg);
  new Cluster(scope, 'cluster', {
    metadata: {
      name: cnpg.name,
      namespace,
      annotations: { ...annotations },
      labels: { ...labelsOf(cnpg.name, 'database'), ...labels },
    },
    spec: {
      instances: cnpg.instances,
      imageName: image.text,
      primaryUpdateStrategy: ClusterSpecPrimaryUpdateStrategy.UNSUPERVISED,
      primaryUpdateMethod: ClusterSpecPrimaryUpdateMethod.RESTART,
      // With one instance a budget would only keep its node from being drained.
      enablePdb: cnpg.instances > 1,
      enableSuperuserAccess: false,
      storage: { ...storageOf(cnpg.storage), resizeInUseVolumes: true },
      ...present({ walStorage: cnpg.walStorage && storageOf(cnpg.walStorage) }),
      resources: resourcesOf(cnpg),
      affinity: {
        enablePodAntiAffinity: true,
        podAntiAffinityType: 'preferred',
        topologyKey: 'kubernetes.io/hostname',
      },
      postgresql: {
        sharedPreloadLibraries: ['vchord.so'],
        parameters: { ...parametersOf(cnpg), ...cnpg.parameters },
        ...(isRemote ? { pgHba: [...remoteAccess(cnpg)] } : {}),
      },
      ...startOf(cnpg),
      managed: servicesOf(cnpg, isRemote),
      ...(isRemote && cnpg.host !== undefined ? { certificates: { serverAltDnsNames: [cnpg.host] } } : {}),
      ...(cnpg.backup === 'none'
        ? {}
        : backupOfCluster({ namespace, database: cnpg.name, folder, backup: cnpg.backup })),
    },
  });
}

/** Where the content of a new database comes from: from nowhere, or from a backup. A running one never looks here. */
function startOf(cnpg: Cnpg): Pick<ClusterSpec, 'bootstrap' | 'externalClusters'> {
  const { name, credentials, restoreFrom, backup } = cnpg;
  const folder = sourceFolderOf(cnpg);
  if (restoreFrom === undefined || folder === undefined || backup === 'none') {
    return {
      bootstrap: {
        initdb: {
          database: databaseName,
          owner: databaseName,
          dataChecksums: true,
          ...present({ secret: credentials && { name: credentials.secret } }),
        },
      },
    };
  }
  const { method, store } = backup;
  return {
    bootstrap: {
      recovery: recovery({ database: databaseName, secret: credentials?.secret, from: restoreFrom }),
    },
    externalClusters: [source({ method, store, objectStore: name, folder })],
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
    max_wal_size: megabytes(Math.min(5 * gibibyte, room)),
    random_page_cost: '1.2',
    // A quarter, as CloudNativePG advises; Immich's image has 512MB for 2 GB.
    shared_buffers: megabytes(memory.amount / 4),
    wal_compression: 'on',
    work_mem: '16MB',
  };
}

const gibibyte = 2 ** 30;

/** An amount of bytes as PostgreSQL writes it; its MB are of 1024 times 1024 bytes. */
function megabytes(bytes: number): string {
  return `${Math.max(128, Math.floor(bytes / 2 ** 20))}MB`;
}

/**
 * Login from outside: Immich's role to Immich's database over TLS, and nobody else at all.
 * These lines stand before CloudNativePG's last one, which lets every password in, encrypted or not:
 * https://cloudnative-pg.io/documentation/current/postgresql_conf/#the-pg_hba-section
 */
function remoteAccess({ clients }: Cnpg): readonly string[] {
  return [
    ...clients.map((client) => `hostssl ${databaseName} ${databaseName} ${client.text} scram-sha-256`),
    'host all all all reject',
  ];
}

/** Immich talks to the primary only, so that the services for replicas are not made. */
function servicesOf({ name, host, service, clients }: Cnpg, isRemote: boolean): ClusterSpecManaged {
  const { R, RO } = ClusterSpecManagedServicesDisabledDefaultServices;
  return {
    services: {
      disabledDefaultServices: [R, RO],
      ...(isRemote && host !== undefined
        ? {
            additional: [
              {
                selectorType: ClusterSpecManagedServicesAdditionalSelectorType.RW,
                serviceTemplate: {
                  metadata: { name: `${name}-external`, annotations: { ...service.annotations } },
                  spec: {
                    type: 'LoadBalancer',
                    loadBalancerSourceRanges: clients.map((client) => client.text),
                  },
                },
              },
            ],
          }
        : {}),
    },
  };
}

/**
 * The extensions that Immich needs, dependencies first, since CloudNativePG creates them one by one without CASCADE.
 *
 * VectorChord's version is stated, so that a new image also updates the extension: Immich may not do that itself
 * without superuser, and does not start while an update is due.
 */
function extensions(scope: Construct, { namespace, cnpg, image }: DatabaseProps): void {
  new Database(scope, 'database', {
    metadata: { name: cnpg.name, namespace, labels: labelsOf(cnpg.name, 'database') },
    spec: {
      cluster: { name: cnpg.name },
      name: databaseName,
      owner: databaseName,
      databaseReclaimPolicy: DatabaseSpecDatabaseReclaimPolicy.RETAIN,
      extensions: [
        { name: 'vector' },
        { name: 'vchord', ...present({ version: postgresVersions(image)?.vectorchord }) },
        { name: 'cube' },
        { name: 'earthdistance' },
        { name: 'pg_trgm' },
        { name: 'unaccent' },
        { name: 'uuid-ossp' },
      ],
    },
  });
}

function storageOf({ storageClass, size }: Cnpg['storage']): ClusterSpec['storage'] & object {
  return { storageClass, size: size.text };
}

function resourcesOf({ resources: { requests, limits } }: Cnpg): ClusterSpec['resources'] & object {
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
