import type { ImmichConfig } from '../immich/config.ts';
import type { Version } from '../values/version.ts';
import type { Acceptance } from './accept.ts';
import type { ArgoCD } from './argocd.ts';
import type { Database } from './database.ts';
import type { ObjectOfOthers } from './exists.ts';
import type { ExternalLibraries } from './external-library.ts';
import type { Flux } from './flux.ts';
import type { Images } from './images.ts';
import type { MachineLearning } from './machine-learning.ts';
import type { MediaLocation } from './media-location.ts';
import type { Network } from './network.ts';
import type { Patch } from './patches.ts';
import type { Monitoring, Protection } from './platform.ts';
import type { Route } from './route.ts';
import type { SecretReference } from './secret-reference.ts';
import type { SecretsSource } from './secrets.ts';
import type { Server } from './server.ts';
import type { Valkey } from './valkey.ts';
import type { Volumes } from './volumes.ts';

/** One Immich: everything that its file says, with every default filled in and every rule checked. */
export interface Installation {
  /** Names the folder of the installation in dist. */
  readonly name: string;
  readonly version: Version;
  /** The version of the Kubernetes clusters, where it is said. */
  readonly kubernetes: Version | undefined;
  readonly host: string;
  /** Further names under which Immich is reached. */
  readonly hosts: readonly { readonly host: string }[];
  readonly namespace: string;
  /** Whether others live in the namespace too. */
  readonly sharedNamespace: boolean;
  /** Whether Immich sleeps: none of its pods runs, and the database stays. */
  readonly stopped: boolean;
  /** The Kubernetes clusters that Immich and its database run in; often the same one. */
  readonly clusters: { readonly app: string; readonly database: string };
  readonly timezone: string;
  readonly images: Images;
  readonly server: Server;
  readonly machineLearning: MachineLearning;
  readonly valkey: Valkey;
  readonly volumes: Volumes;
  readonly externalLibraries: ExternalLibraries;
  readonly mediaLocation: MediaLocation;
  readonly database: Database;
  readonly route: Route;
  /** Immich's own configuration file. Without one, settings are made in the web interface. */
  readonly configuration:
    | { readonly kind: 'none' }
    | { readonly kind: 'written'; readonly config: ImmichConfig }
    | { readonly kind: 'secret'; readonly reference: SecretReference };
  /** Who makes the Secrets that must exist. */
  readonly secrets: SecretsSource;
  readonly monitoring: Monitoring;
  readonly network: Network;
  readonly flux: Flux;
  /** Where Argo CD delivers; Flux does otherwise. */
  readonly argocd: ArgoCD | undefined;
  /** Whether each object has a file in dist, or each layer. */
  readonly files: 'object' | 'layer';
  readonly protection: Protection;
  /** Changes that are meant although they would be refused. */
  readonly accept: readonly Acceptance[];
  /** What is changed in objects that no key can say. */
  readonly patches: readonly Patch[];
  /** Objects that others make, and that are not made here. */
  readonly exists: readonly ObjectOfOthers[];
}
