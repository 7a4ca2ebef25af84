import {
  Cluster,
  type ClusterSpec,
  type ClusterSpecManaged,
  ClusterSpecManagedServicesAdditionalSelectorType,
  ClusterSpecManagedServicesDisabledDefaultServices,
  type ClusterSpecPostgresql,
  ClusterSpecPostgresqlSynchronousDataDurability,
  ClusterSpecPostgresqlSynchronousMethod,
  ClusterSpecPrimaryUpdateMethod,
  ClusterSpecPrimaryUpdateStrategy,
} from '@cdk8s/imports-cnpg';
import type { Construct } from 'constructs';
import { archiveFolderOf, sourceFolderOf } from '../../cnpg/lineage.ts';
import { databaseCtype } from '../../cnpg/locale.ts';
import type { Cnpg } from '../../installation/cnpg.ts';
import { databaseName } from '../../names.ts';
import type { Image } from '../../values/image.ts';
import { dataMetadata } from '../data.ts';
import { ownLabels } from '../labels.ts';
import { present } from '../present.ts';
import { backupOfCluster, variablesOf } from './archive.ts';
import { importOf, importSource } from './import.ts';
import { instances } from './instances.ts';
import { placementOfCluster } from './placement.ts';
import { recovery, source } from './recovery.ts';

/** The Cluster of a database of ours. */
export function cluster(
  scope: Construct,
  props: {
    readonly namespace: string;
    readonly cnpg: Cnpg;
    readonly image: Image;
    /** Whether Immich runs in another Kubernetes cluster. */
    readonly isRemote: boolean;
  },
): void {
  const { namespace, cnpg, image, isRemote } = props;
  const { labels, annotations } = dataMetadata(namespace);
  const folder = archiveFolderOf(cnpg);
  const made = instances(cnpg, image);
  new Cluster(scope, 'cluster', {
    metadata: {
      name: cnpg.name,
      namespace,
      annotations: { ...annotations },
      labels: { ...ownLabels, ...labels },
    },
    spec: {
      ...made,
      ...placementOfCluster(cnpg),
      instances: cnpg.instances,
      primaryUpdateStrategy: ClusterSpecPrimaryUpdateStrategy.UNSUPERVISED,
      primaryUpdateMethod: ClusterSpecPrimaryUpdateMethod.RESTART,
      // With one instance a budget would only keep its node from being drained.
      enablePdb: cnpg.instances > 1,
      enableSuperuserAccess: false,
      storage: { ...made.storage, resizeInUseVolumes: true },
      postgresql: {
        ...made.postgresql,
        ...synchronousOf(cnpg),
        ...(isRemote ? { pgHba: [...remoteAccess(cnpg)] } : {}),
      },
      ...startOf(cnpg),
      managed: servicesOf(cnpg, isRemote),
      ...(isRemote && cnpg.host !== undefined ? { certificates: { serverAltDnsNames: [cnpg.host] } } : {}),
      ...(cnpg.backup === 'none'
        ? {}
        : {
            ...variablesOf(cnpg.backup),
            ...backupOfCluster({ database: cnpg.name, folder, backup: cnpg.backup }),
          }),
    },
  });
}

/** Where the content of a new database comes from: from nowhere, from a backup, or from another one. A running one never looks here. */
function startOf(cnpg: Cnpg): Pick<ClusterSpec, 'bootstrap' | 'externalClusters'> {
  const { name, credentials, restoreFrom, importFrom, backup } = cnpg;
  const folder = sourceFolderOf(cnpg);
  if (restoreFrom === undefined || folder === undefined || backup === 'none') {
    return {
      bootstrap: {
        initdb: {
          database: databaseName,
          owner: databaseName,
          dataChecksums: true,
          localeCType: databaseCtype,
          ...present({
            secret: credentials && { name: credentials.secret },
            import: importFrom && importOf(importFrom),
          }),
        },
      },
      ...present({ externalClusters: importFrom && [importSource(importFrom)] }),
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

/** A commit waits for any one of the replicas: https://cloudnative-pg.io/documentation/current/replication/ */
function synchronousOf({ synchronous }: Cnpg): Pick<ClusterSpecPostgresql, 'synchronous'> {
  if (synchronous === 'off') return {};
  const { PREFERRED, REQUIRED } = ClusterSpecPostgresqlSynchronousDataDurability;
  return {
    synchronous: {
      method: ClusterSpecPostgresqlSynchronousMethod.ANY,
      number: 1,
      dataDurability: synchronous === 'required' ? REQUIRED : PREFERRED,
    },
  };
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
