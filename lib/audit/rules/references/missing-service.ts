import { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { backends } from '../../../manifests/views/backends.ts';
import { hostOf } from '../../../manifests/views/database-host.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { concernsNamespace, immich } from '../../../manifests/views/immich.ts';
import type { Rule } from '../../rule.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingService: Rule = {
  id: 'missing-service',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A route or a variable names a service that does not exist.',
  why: 'A route to a service that does not exist answers with an error, and a host name that nothing answers to keeps Immich from starting. Both are mostly left behind by a rename in another file.',
  url: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  examples: {
    good: `
apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { ports: [{ name: http, port: 2283 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: immich, namespace: immich }
spec:
  routes:
    - kind: Rule
      match: Host(\`photos.example.com\`)
      services: [{ name: immich-server, port: http }]
`,
    broken: {
      'services: [{ name: immich-server, port: http }]': 'services: [{ name: immich, port: http }]',
    },
  },
  check(inventory, report) {
    for (const { name, namespace } of backends(inventory)) {
      if (concernsNamespace(inventory, namespace)) {
        resolve(inventory, report, {
          name,
          apiGroup: '',
          kind: 'Service',
          namespace,
          consequence: 'the route answers with an error',
        });
      }
    }
    for (const { workload, container } of immich(inventory).containers) {
      const variables = environment(inventory, workload, container);
      for (const variable of ['DB_HOSTNAME', 'REDIS_HOSTNAME']) {
        const { value, field } = variables.get(variable) ?? {};
        if (value === undefined || field === undefined || !isInCluster(value)) {
          continue;
        }
        const { name, namespace } = hostOf(value, workload.namespace);
        if (namespace !== undefined && !isRead(inventory, namespace)) {
          continue;
        }
        // A database often stands where nobody looked; the Redis that Immich has to itself stands beside it.
        if (inventory.complete || variable === 'REDIS_HOSTNAME') {
          const value = field.at('value').exists ? field.at('value') : field;
          resolve(inventory, report, {
            name: new Field(value.manifest, value.path, name),
            apiGroup: '',
            kind: 'Service',
            namespace,
            consequence: 'Immich does not start',
          });
        }
      }
    }
  },
};

/** Whether what stands in a namespace was read: not where others live beside what we put there, as in kube-system. */
function isRead(inventory: Inventory, namespace: string): boolean {
  const isOfOthers =
    inventory.namespace(namespace) === undefined &&
    inventory.find('', 'Namespace', undefined, namespace) !== undefined;
  return inventory.knowsNamespace(namespace) && !isOfOthers;
}

/** Whether a host name is a service's: one label, or one that ends as names inside a cluster do. */
function isInCluster(hostname: string): boolean {
  return (
    hostname !== 'localhost' && /^[a-z][a-z0-9-]*(\.[a-z0-9-]+\.svc(\.cluster\.local)?)?$/.test(hostname)
  );
}
