import {
  type ClusterSpecBootstrapInitdbImport,
  ClusterSpecBootstrapInitdbImportType,
  type ClusterSpecExternalClusters,
} from '@cdk8s/imports-cnpg';
import type { ImportFrom } from '../../installation/import-from.ts';
import { present } from '../present.ts';

/** What a Cluster calls the database that it is filled from. */
const sourceName = 'imported';

/** The database elsewhere, as a Cluster reaches it. */
export function importSource(from: ImportFrom): ClusterSpecExternalClusters {
  const { host, port, database, username, password, sslmode, ca } = from;
  return {
    name: sourceName,
    connectionParameters: { host, port: String(port), user: username, dbname: database, sslmode },
    password: { name: password.secret, key: password.key },
    ...present({ sslRootCert: ca && { name: ca.secret, key: ca.key } }),
  };
}

/**
 * One database becomes the one of Immich, over the network. Its owner is a superuser as long as it is read, so that the
 * extensions that it has are made before its rows, in the version of the image, and its indexes after them.
 * https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.0/pkg/management/postgres/logicalimport/database.go
 */
export function importOf({ database }: ImportFrom): ClusterSpecBootstrapInitdbImport {
  return {
    type: ClusterSpecBootstrapInitdbImportType.MICROSERVICE,
    databases: [database],
    source: { externalCluster: sourceName },
  };
}
