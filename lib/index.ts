/**
 * immich-cdk8s as a library: constructs for people who write cdk8s themselves, and synth and audit as functions of data.
 *
 * @packageDocumentation
 */

export type {
  CnpgSection,
  DatabaseBackupSection,
  MachineLearningSection,
  RouteSection,
  ServerSection,
  ValkeySection,
  VolumeSection,
} from '../imports/sections.ts';
export { audit } from './audit/audit.ts';
export type { Finding } from './audit/finding.ts';
export type { Rule } from './audit/rule.ts';
export { allRules } from './audit/rules.ts';
export { DatabaseBackup, type DatabaseBackupProps } from './components/database-backup.ts';
export { DumpImport, type DumpImportProps } from './components/dump-import.ts';
export { FileDrill, type FileDrillProps } from './components/file-drill.ts';
export { GatewayRoute, type GatewayRouteProps } from './components/gateway-route.ts';
export { ImmichIngress, type ImmichIngressProps } from './components/immich-ingress.ts';
export {
  ImmichMachineLearning,
  type ImmichMachineLearningProps,
} from './components/immich-machine-learning.ts';
export { ImmichServer, type ImmichServerProps } from './components/immich-server.ts';
export { NetworkPolicies, type NetworkPoliciesProps } from './components/network-policies.ts';
export { PostgresDatabase, type PostgresDatabaseProps } from './components/postgres-database.ts';
export { RestoreDrill, type RestoreDrillProps } from './components/restore-drill.ts';
export { TraefikRoute, type TraefikRouteProps } from './components/traefik-route.ts';
export { Valkey, ValkeyClaim, type ValkeyClaimProps, type ValkeyProps } from './components/valkey.ts';
export { VectorIndexes, type VectorIndexesProps } from './components/vector-indexes.ts';
export { Volume, type VolumeProps } from './components/volume.ts';
export type { Files } from './files/files.ts';
export { filesOf } from './files/texts.ts';
export type { Installation } from './installation/installation.ts';
export type { ParsedFile } from './installation/parse.ts';
export { type FileProblem, parseInstallation, problemText } from './installation/parse.ts';
export type { Selector } from './kubernetes/labels.ts';
export type { Mount } from './kubernetes/mount.ts';
export type {
  Addresses,
  CiliumEntity,
  Edge,
  NetworkPort,
  OtherPods,
  OwnPods,
  Peer,
} from './kubernetes/network.ts';
export type { EnvironmentVariable } from './kubernetes/variable.ts';
export { Immich, type ImmichProps } from './layers/immich.ts';
export { Inventory } from './manifests/inventory.ts';
export type { Manifest } from './manifests/manifest.ts';
export type { RequiredSecret } from './plan/secrets.ts';
export { readManifests } from './repository/manifest-document.ts';
export { type Repository, readRepository } from './repository/repository.ts';
export { type Synthesis, synthesize } from './synthesis/synthesis.ts';
