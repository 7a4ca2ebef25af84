/** The Kubernetes cluster that a layer is applied to: that of Immich, or that of the database. */
export type Where = 'app' | 'data';
