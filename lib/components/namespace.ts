import type { Construct } from 'constructs';
import { KubeNamespace } from '../kubernetes/api.ts';
import { dataMetadata, keptAnnotations } from '../kubernetes/data.ts';
import { ownLabels } from '../kubernetes/labels.ts';

/** The namespace of an installation, which nobody may delete while it holds data. */
export function namespace(scope: Construct, name: string): void {
  const { labels, annotations } = dataMetadata(name);
  restrictNamespace(scope, { name, labels, annotations });
}

/** A namespace that holds nothing that cannot be made again. */
export function plainNamespace(scope: Construct, name: string): void {
  restrictNamespace(scope, { name, labels: {}, annotations: keptAnnotations });
}

/**
 * A namespace in which every pod must satisfy Pod Security "restricted".
 *
 * https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
function restrictNamespace(
  scope: Construct,
  {
    name,
    labels,
    annotations,
  }: {
    readonly name: string;
    readonly labels: { readonly [label: string]: string };
    readonly annotations: { readonly [annotation: string]: string };
  },
): void {
  new KubeNamespace(scope, 'namespace', {
    metadata: {
      name,
      annotations: { ...annotations },
      labels: {
        ...labels,
        ...ownLabels,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'latest',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    },
  });
}
