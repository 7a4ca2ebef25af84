import type { Value } from '../manifests/manifest.ts';

/** A Kubernetes cluster that runs, which is asked and never changed. Each question is asked once, however often it comes. */
export interface LivingCluster {
  /** What the API server has at a path, such as `/api/v1/namespaces/immich/pods`. */
  get(path: string): Promise<Answer<Value>>;
  /** What a Secret looks like from outside. Its values are not asked for. */
  secret(namespace: string, name: string): Promise<Answer<SecretOutline>>;
  /** What a PostgreSQL in a pod says to a question, in a session that can change nothing. */
  query(question: Question): Promise<Answer<Value>>;
}

/** A question to a database. */
export interface Question {
  readonly namespace: string;
  /** The pod of an instance. */
  readonly pod: string;
  readonly database: string;
  /** A query whose one row has one column, of JSON. */
  readonly sql: string;
}

/** What comes back. What could not be seen is not known, and nothing follows from it. */
export type Answer<T> =
  | { readonly kind: 'seen'; readonly value: T }
  /** The API server says that there is no such thing. */
  | { readonly kind: 'absent' }
  /** There is no right to see it, or nobody answers. */
  | { readonly kind: 'unseen'; readonly why: string };

/** A Secret without its values. */
export interface SecretOutline {
  readonly type: string;
  readonly keys: readonly string[];
  /** Those of the keys that have an empty value. */
  readonly empty: readonly string[];
}
