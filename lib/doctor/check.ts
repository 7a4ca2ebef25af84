import type { Manifest } from '../manifests/manifest.ts';
import type { Plan } from '../plan/plan.ts';
import type { LivingCluster } from './cluster.ts';
import type { Finding } from './finding.ts';

/** What one installation has in one Kubernetes cluster: what the living cluster is held against. */
export interface Subject {
  readonly plan: Plan;
  /** The installation file, as messages name it. */
  readonly file: string;
  /** Name of the Kubernetes cluster. */
  readonly cluster: string;
  /** What dist has for it. */
  readonly manifests: readonly Manifest[];
  /** What dist had for it at a revision as Flux tells it; undefined where that is not known here. */
  readonly manifestsAt: (revision: string) => readonly Manifest[] | undefined;
  /** How kubectl is called for it, as in `kubectl --context home`. */
  readonly kubectl: string;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
}

/** Something that is looked at. */
export interface Check {
  /** As programs know it. */
  readonly id: string;
  readonly title: string;
  /** Whether there is nothing to see before Flux has applied the installation. */
  readonly isOfLife: boolean;
  /** Nothing where the installation has no such thing. */
  readonly look: (subject: Subject, cluster: LivingCluster) => Promise<readonly Finding[]>;
}
