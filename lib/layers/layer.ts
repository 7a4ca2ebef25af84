import type { Construct } from 'constructs';

/** A layer: a folder that one Flux Kustomization applies, of dist unless it is encrypted. */
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
  /** The folder of the source, and the Secret with the key of SOPS, where it is no folder of dist but an encrypted one. */
  readonly encrypted?: { readonly folder: string; readonly key: string } | undefined;
}

/** A layer, and what fills it; nothing of ours where a person does. */
export interface Layer {
  readonly plan: LayerPlan;
  readonly build?: (chart: Construct) => void;
}
