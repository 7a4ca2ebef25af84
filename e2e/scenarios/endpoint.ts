import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import { at, listAt, textAt } from '../control-plane/value.ts';

/** One end of a connection. */
export type Endpoint =
  | {
      readonly kind: 'pod';
      readonly namespace: KubernetesObject;
      readonly labels: { readonly [label: string]: string };
    }
  | {
      readonly kind: 'address';
      readonly address: string;
      /** What Cilium takes it for; by default `world`. */
      readonly entity?: CiliumEntity;
      /** The name by which it was looked up. */
      readonly host?: string;
    };

/** What Cilium takes addresses for that are not those of pods. */
export type CiliumEntity = 'world' | 'host' | 'remote-node' | 'kube-apiserver' | 'ingress';

/** A missing or empty selector matches everything. */
export function matches(selector: Value | undefined, labels: { readonly [label: string]: string }): boolean {
  const wanted = Object.entries(Object(at(selector, 'matchLabels')));
  const expressions = listAt(selector, 'matchExpressions');
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    expressions.every((expression) => {
      const label = labels[textAt(expression, 'key')];
      const values = listAt(expression, 'values');
      switch (textAt(expression, 'operator')) {
        case 'In':
          return label !== undefined && values.includes(label);
        case 'NotIn':
          return label === undefined || !values.includes(label);
        case 'Exists':
          return label !== undefined;
        default:
          return label === undefined;
      }
    })
  );
}
