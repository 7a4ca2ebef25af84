import { parseQuantity } from '../../../values/quantity.ts';
import { documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const littleSidecarMemory: Rule = {
  id: 'little-sidecar-memory',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'The sidecar that makes backups has too little memory for one.',
  why: 'The sidecar of the Barman Cloud plugin runs Barman, a Python program, once for each WAL file and for each backup, several at a time. With less than about 300Mi the kernel kills it in the middle of a base backup, and there is none to restore.',
  url: 'https://github.com/cloudnative-pg/plugin-barman-cloud/issues/385',
  examples: {
    good: documents(`apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec:
  configuration: { destinationPath: s3://immich }
  instanceSidecarConfiguration:
    resources: { limits: { memory: 512Mi } }`),
    broken: { 'memory: 512Mi': 'memory: 128Mi' },
  },
  check(inventory, report) {
    for (const store of inventory.all('barmancloud.cnpg.io', 'ObjectStore')) {
      const limit = store.at('spec', 'instanceSidecarConfiguration', 'resources', 'limits', 'memory');
      const memory = parseQuantity(String(limit.value ?? ''));
      if (memory.ok && memory.value.amount < least) {
        report(limit, {
          message: `A limit of ${memory.value.text} is less than the sidecar needs during a base backup; it is killed in the middle, and the backup fails.`,
          fix: 'Write 512Mi, or 1Gi if it restores large databases too.',
        });
      }
    }
  },
};

/** Bytes. */
const least = 300 * 2 ** 20;
