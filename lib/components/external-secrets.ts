import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { SecretsSource } from '../installation/secrets.ts';
import { comment } from '../kubernetes/comment.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { RequiredSecret } from '../plan/secrets.ts';

/**
 * An ExternalSecret for each Secret, with exactly the keys that are read.
 *
 * Its type is written out here, not generated: that of External Secrets is 45 KB, of which this needs a dozen fields.
 * https://external-secrets.io/latest/api/externalsecret/
 */
export function externalSecrets(
  scope: Construct,
  source: SecretsSource & { readonly kind: 'externalSecrets' },
  secrets: readonly RequiredSecret[],
): void {
  const { store, keys } = source;
  for (const { name, namespace, keys: wanted, type } of secrets) {
    const entry = keys[name] ?? name;
    const object = new ApiObject(scope, `secret-${namespace}-${name}`, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, namespace, labels: ownLabels },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: store.kind, name: store.name },
        target: {
          name,
          creationPolicy: 'Orphan',
          deletionPolicy: 'Retain',
          ...(type === 'Opaque' ? {} : { template: { type } }),
        },
        data: wanted.map((key) => ({ secretKey: key, remoteRef: { key: entry, property: key } })),
      },
    });
    comment(
      object,
      ['spec', 'target', 'creationPolicy'],
      'The Secret stays where this object goes: with it Immich would lose its database.',
    );
  }
}
