import type { Construct } from 'constructs';

/** A layer: a folder of dist that one Flux Kustomization applies. */
export interface LayerPlan {
  readonly name: string;
  /** The layers that must be ready before it. */
  readonly after: readonly string[];
  /**
   * What counts as ready. `applied`: nothing is waited for, where waiting could not end: a claim of a class with
   * WaitForFirstConsumer is bound when its pod exists, and that is in a later layer. `objects`: all objects say so.
   * `database`: the Cluster and the Database object with its extensions and, where the Cluster `archives`, that its
   * archive takes its files.
   */
  readonly readiness:
    | { readonly kind: 'applied' | 'objects' }
    | {
        readonly kind: 'database';
        readonly namespace: string;
        readonly cluster: string;
        readonly database: string;
        readonly archives: boolean;
      };
  /** Whether the objects stay when the layer itself is taken away. */
  readonly keepsObjects: boolean;
  /** How long Flux waits for readiness before it says that the layer failed, such as `10m`. It goes on trying. */
  readonly timeout: string;
}

/** A layer, and what fills it. */
export interface Layer {
  readonly plan: LayerPlan;
  readonly build: (chart: Construct) => void;
}
