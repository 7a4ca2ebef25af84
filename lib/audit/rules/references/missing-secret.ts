import { concernsNamespace } from '../../../manifests/views/immich.ts';
import { secretReferences } from '../../../manifests/views/secret-references.ts';
import type { Rule } from '../../rule.ts';
import { resolve, resolveKey } from '../../views/unresolved.ts';

export const missingSecret: Rule = {
  id: 'missing-secret',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A secret, or one of its keys, that is referred to does not exist.',
  why: 'A container that needs a secret, or a key of it, that does not exist is not started, and a backup that needs one fails. Where the name is right and the key is not, this is found only when somebody reads the events.',
  url: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret',
  examples: {
    good: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: immich-db, namespace: immich }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  data:
    - secretKey: password
      remoteRef: { key: immich, property: password }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          env:
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: immich-db, key: password } }
`,
    broken: {
      [`- secretKey: password
      remoteRef: { key: immich, property: password }`]: `- secretKey: username
      remoteRef: { key: immich, property: username }`,
    },
  },
  check(inventory, report) {
    for (const { name, keys, namespace, consequence } of secretReferences(inventory)) {
      if (concernsNamespace(inventory, namespace) || name.manifest.object.apiVersion.includes('cnpg.io/')) {
        const known = resolve(inventory, report, {
          name,
          apiGroup: '',
          kind: 'Secret',
          namespace,
          consequence,
        });
        for (const key of keys) {
          resolveKey(known, key, report, consequence);
        }
      }
    }
  },
};
