import {
  Cluster,
  type ClusterSpec,
  type ClusterSpecManaged,
  ClusterSpecManagedServicesAdditionalSelectorType,
  ClusterSpecManagedServicesDisabledDefaultServices,
  ClusterSpecPrimaryUpdateMethod,
  ClusterSpecPrimaryUpdateStrategy,
  Database,
  DatabaseSpecDatabaseReclaimPolicy,
} from '@cdk8s/imports-cnpg';
import { Construct } from 'constructs';
import type { CnpgSection } from '../../imports/sections.ts';
import { instanceLabels, secretOf, serviceOf } from '../cnpg/names.ts';
import { extensionsOf } from '../immich/extensions.ts';
import { archiveFolderOf, type Cnpg, cnpg, sourceFolderOf } from '../installation/cnpg.ts';
import { image, label } from '../installation/texts.ts';
import { backupOfCluster } from '../kubernetes/cnpg/archive.ts';
import { instances } from '../kubernetes/cnpg/instances.ts';
import { recovery, source } from '../kubernetes/cnpg/recovery.ts';
import { databaseVariables } from '../kubernetes/connections.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { ownLabels, type Selector } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import type { EnvironmentVariable } from '../kubernetes/variable.ts';
import { databaseName, databasePort } from '../names.ts';
import { type Checked, readProperty } from '../schema/checked.ts';
import type { Image } from '../values/image.ts';

/** What a database is made of. */
export interface PostgresDatabaseProps {
  /** Namespace of everything that the construct makes. */
  readonly namespace: string;
  /** The section `database.cnpg` of an installation file, with `image`. Its `name` tells several databases apart. */
  readonly cnpg: CnpgSection | Checked<Cnpg>;
  /**
   * PostgreSQL with VectorChord, best with its digest; it wins over that of the section.
   * @default `image` of the section
   */
  readonly image?: string | Checked<Image>;
  /**
   * Whether Immich runs in another Kubernetes cluster: then there is a Service of type LoadBalancer, and login over TLS.
   * @default false
   */
  readonly isRemote?: boolean;
}

/**
 * A CloudNativePG Cluster with VectorChord and the extensions that Immich needs. Where its section has a backup, it
 * archives to the store of a `DatabaseBackup`, which must stand beside it.
 */
export class PostgresDatabase extends Construct {
  /** Name of the Cluster. */
  readonly name: string;
  /** DNS name of the Service of the primary, inside the cluster. */
  readonly host: string;
  /** Port of the Service. */
  readonly port: number = databasePort.number;
  /** Name of the database inside PostgreSQL, and of the role that owns it. */
  readonly databaseName: string = databaseName;
  /** The Secret with `username` and `password` of the owner. */
  readonly secretName: string;
  /** The environment by which a server finds it. */
  readonly environment: readonly EnvironmentVariable[];
  /** Labels that select the pods of the instances. */
  readonly selector: Selector;
  /** Folder in the store that it archives to; undefined without a backup. */
  readonly archiveFolder: string | undefined;

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const owner = `PostgresDatabase "${id}"`;
    const settings = readProperty(cnpg, props.cnpg, owner, 'cnpg');
    const namespace = readProperty(label, props.namespace, owner, 'namespace');
    const used = readProperty(image, props.image ?? settings.image.text, owner, 'image');
    const described = { namespace, cnpg: settings, image: used, isRemote: props.isRemote ?? false };
    this.name = settings.name;
    this.host = `${serviceOf(this.name, 'rw')}.${namespace}.svc`;
    this.secretName = settings.credentials?.secret ?? secretOf(this.name, 'app');
    this.environment = databaseVariables({
      host: this.host,
      port: this.port,
      database: databaseName,
      secret: this.secretName,
    });
    this.selector = instanceLabels(this.name);
    this.archiveFolder = settings.backup === 'none' ? undefined : archiveFolderOf(settings);
    cluster(this, described);
    extensions(this, described);
  }
}

/** What the props of a database come to, once they are read. */
interface Described {
  readonly namespace: string;
  readonly cnpg: Cnpg;
  readonly image: Image;
  readonly isRemote: boolean;
}

function cluster(scope: Construct, props: Described): void {
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
      instances: cnpg.instances,
      primaryUpdateStrategy: ClusterSpecPrimaryUpdateStrategy.UNSUPERVISED,
      primaryUpdateMethod: ClusterSpecPrimaryUpdateMethod.RESTART,
      // With one instance a budget would only keep its node from being drained.
      enablePdb: cnpg.instances > 1,
      enableSuperuserAccess: false,
      storage: { ...made.storage, resizeInUseVolumes: true },
      affinity: {
        enablePodAntiAffinity: true,
        podAntiAffinityType: 'preferred',
        topologyKey: 'kubernetes.io/hostname',
      },
      postgresql: {
        ...made.postgresql,
        ...(isRemote ? { pgHba: [...remoteAccess(cnpg)] } : {}),
      },
      ...startOf(cnpg),
      managed: servicesOf(cnpg, isRemote),
      ...(isRemote && cnpg.host !== undefined ? { certificates: { serverAltDnsNames: [cnpg.host] } } : {}),
      ...(cnpg.backup === 'none'
        ? {}
        : backupOfCluster({ database: cnpg.name, folder, backup: cnpg.backup })),
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
function extensions(scope: Construct, { namespace, cnpg, image }: Described): void {
  new Database(scope, 'database', {
    metadata: { name: cnpg.name, namespace, labels: ownLabels },
    spec: {
      cluster: { name: cnpg.name },
      name: databaseName,
      owner: databaseName,
      databaseReclaimPolicy: DatabaseSpecDatabaseReclaimPolicy.RETAIN,
      extensions: extensionsOf(image).map(({ name, version }) => ({ name, ...present({ version }) })),
    },
  });
}
