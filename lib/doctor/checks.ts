import type { Check } from './check.ts';
import { apiServer } from './checks/api-server.ts';
import { baseBackups } from './checks/base-backups.ts';
import { certificates } from './checks/certificates.ts';
import { claims } from './checks/claims.ts';
import { database } from './checks/database.ts';
import { databaseInside } from './checks/database-inside.ts';
import { decryption } from './checks/decryption.ts';
import { dns } from './checks/dns.ts';
import { door } from './checks/door.ts';
import { drill, fileDrill } from './checks/drill.ts';
import { dumpImport } from './checks/dump-import.ts';
import { fileBackups } from './checks/file-backups.ts';
import { fluxSource } from './checks/flux-source.ts';
import { issuers } from './checks/issuers.ts';
import { kinds } from './checks/kinds.ts';
import { kubernetes } from './checks/kubernetes.ts';
import { layers } from './checks/layers.ts';
import { leftovers } from './checks/leftovers.ts';
import { namedHosts } from './checks/named-hosts.ts';
import { namespaces } from './checks/namespaces.ts';
import { networkPlugin } from './checks/network-plugin.ts';
import { nodes } from './checks/nodes.ts';
import { objects } from './checks/objects.ts';
import { operators } from './checks/operators.ts';
import { peers } from './checks/peers.ts';
import { placement } from './checks/placement.ts';
import { pods } from './checks/pods.ts';
import { programs } from './checks/programs.ts';
import { protection } from './checks/protection.ts';
import { references } from './checks/references.ts';
import { secrets } from './checks/secrets.ts';
import { snapshotClasses } from './checks/snapshot-classes.ts';
import { storageClasses } from './checks/storage-classes.ts';

/** All that is looked at, in the order in which it is told where it is equally ill: what explains the others first. */
export const checks: readonly Check[] = [
  kubernetes,
  kinds,
  operators,
  decryption,
  programs,
  secrets,
  namespaces,
  references,
  namedHosts,
  protection,
  storageClasses,
  snapshotClasses,
  issuers,
  fluxSource,
  nodes,
  placement,
  networkPlugin,
  apiServer,
  dns,
  peers,
  layers,
  database,
  databaseInside,
  dumpImport,
  pods,
  claims,
  baseBackups,
  drill,
  fileBackups,
  fileDrill,
  door,
  certificates,
  objects,
  leftovers,
];
