import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { concernsNamespace } from '../../../manifests/views/immich.ts';
import type { Rule } from '../../rule.ts';
import { resolve, resolveKey } from '../../views/unresolved.ts';

export const missingConfigMap: Rule = {
  id: 'missing-config-map',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A config map, or one of its keys, that is referred to does not exist.',
  why: 'A container whose config map or key does not exist is not started; Kubernetes waits for it without end. After a rename this shows only at the next restart, which may be months later.',
  url: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmaps-and-pods',
  examples: {
    good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: immich-config, namespace: immich }
data:
  immich.yaml: "trash: { enabled: true }"
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
          volumeMounts: [{ name: config, mountPath: /config }]
      volumes:
        - name: config
          configMap:
            name: immich-config
            items: [{ key: immich.yaml, path: immich.yaml }]
`,
    broken: {
      'key: immich.yaml, path: immich.yaml': 'key: immich.json, path: immich.json',
    },
  },
  check(inventory, report) {
    const consequence = 'the pod does not start';
    for (const { name, keys, namespace } of references(inventory)) {
      if (name.text === 'kube-root-ca.crt' || !concernsNamespace(inventory, namespace)) {
        continue;
      }
      const known = resolve(inventory, report, {
        name,
        apiGroup: '',
        kind: 'ConfigMap',
        namespace,
        consequence,
      });
      for (const key of keys) {
        resolveKey(known, key, report, consequence);
      }
    }
  },
};

interface Reference {
  readonly name: Field;
  readonly keys: readonly Field[];
  readonly namespace: string | undefined;
}

function references(inventory: Inventory): Reference[] {
  return inventory.workloads
    .flatMap(({ namespace, containers, volumes }) => [
      ...containers
        .flatMap(({ environment, environmentFrom }) => [
          ...environment.flatMap(({ from }) => from ?? []),
          ...environmentFrom,
        ])
        .filter(({ kind, optional }) => kind === 'ConfigMap' && !optional)
        .map(({ name, key }) => ({ name, keys: key === undefined ? [] : [key], namespace })),
      ...volumes
        .flatMap(({ field }) => [
          field.at('configMap'),
          ...field.at('projected', 'sources').items.map((source) => source.at('configMap')),
        ])
        .filter((map) => map.get('optional') !== true)
        .map((map) => ({
          name: map.at('name'),
          keys: map.at('items').items.map((item) => item.at('key')),
          namespace,
        })),
    ])
    .filter(({ name }) => name.exists);
}
