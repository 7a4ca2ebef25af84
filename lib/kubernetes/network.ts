/** Pods of the installation, in its own namespace. */
export interface OwnPods {
  readonly kind: 'own';
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
}

/** Pods of other programs in the same Kubernetes cluster. */
export interface OtherPods {
  readonly kind: 'other';
  /** Who they are, for people. */
  readonly name: string;
  /** The namespaces that they may be in. */
  readonly namespaces: readonly string[];
  /** Their labels; none means all pods of the namespaces. */
  readonly labels: { readonly [label: string]: string };
  /** Whether they look names up. */
  readonly isDns?: boolean;
}

/** Whatever answers at some addresses. */
export interface Addresses {
  readonly kind: 'addresses';
  readonly name: string;
  /** Ranges as CIDR. */
  readonly ranges: readonly string[];
  /** Ranges inside of them that are not meant. */
  readonly except: readonly string[];
  /** DNS names that are meant, where they are known. Only Cilium knows names. */
  readonly hosts?: readonly string[];
  /** What Cilium calls it, which never matches nodes, pods or the API server by their addresses. */
  readonly entities?: readonly CiliumEntity[];
  /** Whether it looks names up. */
  readonly isDns?: boolean;
}

/** https://docs.cilium.io/en/stable/security/policy/language/#entities-based */
export type CiliumEntity = 'kube-apiserver' | 'host' | 'remote-node' | 'ingress';

/** One side of a connection. */
export type Peer = OwnPods | OtherPods | Addresses;

/** A port that connections go to, of pods and not of their Service. */
export interface NetworkPort {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

/** One side may open connections to the other on these ports. */
export interface Edge {
  readonly from: Peer;
  readonly to: Peer;
  readonly ports: readonly NetworkPort[];
  /** What for, where that is not plain from its ends. */
  readonly why?: string;
}
