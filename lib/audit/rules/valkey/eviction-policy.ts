import { Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { immich } from '../../../manifests/views/immich.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const evictionPolicy: Rule = {
  id: 'eviction-policy',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Valkey or Redis throws away jobs of Immich when its memory is full.',
  why: 'Immich keeps its queue of jobs in Valkey, and BullMQ asks for the policy noeviction. With any other one Valkey drops jobs when its memory is full: uploads stay without thumbnails and are never searched, and nobody is told.',
  url: 'https://docs.bullmq.io/guide/going-to-production#max-memory-policy',
  limits: 'A configuration file in an image, and a change at run time, are not seen.',
  examples: {
    good: documents(
      `apiVersion: v1
kind: Service
metadata: { name: immich-valkey, namespace: immich }
spec: { selector: { app: immich-valkey }, ports: [{ port: 6379 }] }`,
      `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-valkey, namespace: immich }
spec:
  template:
    metadata: { labels: { app: immich-valkey } }
    spec:
      containers:
        - name: valkey
          image: docker.io/valkey/valkey:9.1-alpine
          args: [--maxmemory, 256mb, --maxmemory-policy, noeviction]`,
      server('env: [{ name: REDIS_HOSTNAME, value: immich-valkey }]'),
    ),
    broken: {
      noeviction: 'allkeys-lru',
    },
  },
  check(inventory, report) {
    for (const workload of immich(inventory).redis) {
      for (const { field, policy } of [...policies(workload), ...policiesInFiles(inventory, workload)]) {
        if (policy !== 'noeviction' && !isUnknown(policy)) {
          report(field, {
            message: `With the policy ${policy} queued jobs vanish when memory is full: uploads get no thumbnails and nobody is told.`,
            fix: 'Write noeviction.',
          });
        }
      }
    }
  },
};

/** The policy in a configuration file that a config map brings. */
function policiesInFiles(
  inventory: Inventory,
  { volumes, namespace }: WorkloadView,
): { field: Field; policy: string }[] {
  return volumes.flatMap((volume) => {
    const name = volume.field.at('configMap', 'name').text ?? '';
    const manifest = inventory.find('', 'ConfigMap', namespace, name)?.manifest;
    const entries = manifest === undefined ? [] : Field.of(manifest).at('data').entries;
    return entries.flatMap(([, field]) => {
      const policy = /^\s*maxmemory-policy\s+["']?([a-z-]+)/m.exec(field.text ?? '')?.[1];
      return policy === undefined ? [] : [{ field, policy }];
    });
  });
}

/** The policy on the command line. */
function policies({ containers }: WorkloadView): { field: Field; policy: string }[] {
  return containers.flatMap((container) => {
    const words = [...container.field.at('command').items, ...container.field.at('args').items];
    return words.flatMap((word, index) => {
      const inline = /--?maxmemory-policy[=\s]+["']?([a-z-]+)/.exec(word.text ?? '')?.[1];
      if (inline !== undefined) {
        return [{ field: word, policy: inline }];
      }
      if (/^--cache_mode(=true)?$/.test(word.text ?? '')) {
        return [{ field: word, policy: 'cache_mode' }];
      }
      const next = words[index + 1];
      return word.text === '--maxmemory-policy' && next?.text !== undefined
        ? [{ field: next, policy: next.text }]
        : [];
    });
  });
}
