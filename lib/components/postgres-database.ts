import { Database } from '@cdk8s/imports-cnpg';
import { Construct } from 'constructs';
import type { CnpgSection } from '../../imports/sections.ts';
import { archiveFolderOf } from '../cnpg/lineage.ts';
import { instanceLabels, serviceOf } from '../cnpg/names.ts';
import { checkImage, checkReach } from '../installation/checks/database.ts';
import { checkImported } from '../installation/checks/import.ts';
import { checkDatabaseName } from '../installation/checks/names.ts';
import { checkRestore } from '../installation/checks/recovery.ts';
import { checkExtensionImage } from '../installation/checks/vectorchord.ts';
import { checkVersion } from '../installation/checks/version.ts';
import { checkIdentity } from '../installation/checks/workload-identity.ts';
import { type Cnpg, cnpg, withVectorChord } from '../installation/cnpg.ts';
import { checkDigests } from '../installation/images.ts';
import { Properties } from '../installation/properties.ts';
import { image, immichVersion, label } from '../installation/texts.ts';
import { cluster } from '../kubernetes/cnpg/cluster.ts';

import { databaseVariables } from '../kubernetes/connections.ts';
import { ownLabels, type Selector } from '../kubernetes/labels.ts';
import type { Mount } from '../kubernetes/mount.ts';
import type { OwnPods } from '../kubernetes/network.ts';
import { databasePodsOf } from '../kubernetes/own-pods.ts';
import type { EnvironmentVariable } from '../kubernetes/variable.ts';
import { databaseName, databasePort } from '../names.ts';
import {
  certificateFiles,
  loginSecretOf,
  remoteDatabaseVariables,
  remoteTrustOf,
} from '../plan/connections.ts';
import type { Checked } from '../schema/checked.ts';
import type { Place } from '../schema/place.ts';
import { quote } from '../text/quoting.ts';
import type { Image } from '../values/image.ts';
import type { Version } from '../values/version.ts';
import { databaseSpec } from './database-spec.ts';

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
   * Version of Immich that the database is for, such as `v3.3.1`. With it the image is checked to have a PostgreSQL and a
   * VectorChord that this version works with.
   * @default not checked
   */
  readonly version?: string | Checked<Version> | undefined;
  /**
   * Whether Immich runs in another Kubernetes cluster: then there is a Service of type LoadBalancer, and login over TLS;
   * the section needs `host` and `credentials`.
   * @default false
   */
  readonly isRemote?: boolean;
}

/**
 * A CloudNativePG Cluster with VectorChord and the extensions that Immich needs. Where its section has a backup, it
 * archives to the store of a `DatabaseBackup`, which must stand beside it.
 *
 * @example
 * const storage = { storageClass: 'fast', size: '20Gi' };
 * const backup = { s3: { bucket: 'backups', endpoint: 'https://s3.example.com', credentials: 'store' } };
 * const cnpg = { image: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1', storage, backup };
 * const database = new PostgresDatabase(chart, 'database', { namespace: 'photos', version: 'v3.3.1', cnpg });
 */
export class PostgresDatabase extends Construct {
  /** Name of the Cluster. */
  readonly name: string;
  /**
   * DNS name by which Immich finds the primary: that of its Service inside the Kubernetes cluster, or with `isRemote` the
   * `host` of the section.
   */
  readonly host: string;
  /** Port of the Service. */
  readonly port: number = databasePort.number;
  /** Name of the database inside PostgreSQL, and of the role that owns it. */
  readonly databaseName: string = databaseName;
  /** The Secret with `username` and `password` of the owner; with `isRemote` it must exist in both clusters. */
  readonly secretName: string;
  /** The environment by which a server finds it, for its `connections`. */
  readonly environment: readonly EnvironmentVariable[];
  /** The certificate that a server must trust, for its `files`; with `isRemote` only. */
  readonly files: readonly Mount[];
  /** Labels that select the pods of the instances. */
  readonly selector: Selector;
  /** The pods of the instances, for `NetworkPolicies` and for policies of others. */
  readonly pods: OwnPods;
  /** Folder in the store that it archives to; undefined without a backup. */
  readonly archiveFolder: string | undefined;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const properties = new Properties(`PostgresDatabase ${quote(id)}`);
    const settings = properties.read(cnpg, props.cnpg, 'cnpg');
    const namespace = properties.read(label, props.namespace, 'namespace');
    const used = withVectorChord(
      properties.read(image, props.image ?? settings.image.text, 'image'),
      settings.vectorchord,
    );
    const described = { namespace, cnpg: settings, image: used, isRemote: props.isRemote ?? false };
    this.name = settings.name;
    const version =
      props.version === undefined ? undefined : properties.read(immichVersion, props.version, 'version');
    properties.check(props.cnpg, (at) => check(described, version, at));
    this.warnings = properties.warnings;
    const inside = `${serviceOf(this.name, 'rw')}.${namespace}.svc`;
    this.host = described.isRemote ? (settings.host ?? inside) : inside;
    this.secretName = loginSecretOf(settings);
    this.environment = described.isRemote
      ? remoteDatabaseVariables(settings)
      : databaseVariables({
          host: this.host,
          port: this.port,
          database: databaseName,
          secret: this.secretName,
        });
    this.files = described.isRemote ? certificateFiles(remoteTrustOf(settings)) : [];
    this.selector = instanceLabels(this.name);
    this.pods = databasePodsOf(this.name);
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

/** What the installation file is checked for, as far as it concerns the database alone. */
function check({ cnpg, image, isRemote }: Described, version: Version | undefined, at: Place): void {
  const section = at.in('cnpg');
  if (version !== undefined) checkVersion({ version }, at);
  checkImage(version, image, at.in('image'));
  checkDigests({ image }, at.in('image'));
  checkDatabaseName(cnpg.name, section.in('name'));
  checkReach(cnpg, undefined, isRemote, section);
  checkRestore(cnpg, undefined, section);
  checkImported(cnpg, image, section);
  checkIdentity(cnpg, section);
  checkExtensionImage({ ...cnpg, image }, section);
}

/** The extensions that Immich needs. */
function extensions(scope: Construct, { namespace, cnpg, image }: Described): void {
  new Database(scope, 'database', {
    metadata: { name: cnpg.name, namespace, labels: ownLabels },
    spec: databaseSpec(cnpg.name, image),
  });
}
