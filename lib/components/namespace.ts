import { KubeNamespace } from 'cdk8s-plus-28/lib/imports/k8s.js';
import type { Construct } from 'constructs';
import { dataMetadata } from '../kubernetes/data.ts';

/**
 * The namespace of an installation, in which every pod must satisfy Pod Security "restricted".
 *
 * https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function namespace(scope: Construct, name: string): void {
  const { labels, annotations } = dataMetadata(name);
  new KubeNamespace(scope, 'namespace', {
    metadata: {
      name,
      annotations,
      labels: {
        ...labels,
        'app.kubernetes.io/part-of': 'immich',
        'app.kubernetes.io/managed-by': 'immich-cdk8s',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'latest',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    },
  });
}
