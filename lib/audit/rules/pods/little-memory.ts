import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { parseQuantity } from '../../../values/quantity.ts';
import { documents, machineLearning } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const littleMemory: Rule = {
  id: 'little-memory',
  severity: 'info',
  whose: 'upstream',
  meaning: 'Machine learning or Valkey has less memory than they were seen to need.',
  why: 'Machine learning keeps several models in memory at a time, and Valkey the queue of jobs, one for each photo that waits. A limit that is enough on a quiet day kills them while a library is imported: jobs fail or are lost, and start again.',
  url: 'https://github.com/immich-app/immich-charts/issues/202',
  examples: {
    good: documents(machineLearning('resources: { limits: { memory: 4Gi } }')),
    broken: { 'memory: 4Gi': 'memory: 2Gi' },
  },
  check(inventory, report) {
    for (const { limit, what, least, enough } of limits(inventory)) {
      const memory = parseQuantity(String(limit.value ?? ''));
      if (memory.ok && memory.value.amount < least) {
        report(limit, {
          message: `With ${memory.value.text} ${what} was seen to be killed by the kernel in libraries of some size.`,
          fix: `Write ${enough} or more.`,
        });
      }
    }
  },
};

const mebibyte = 2 ** 20;

function limits(inventory: Inventory): { limit: Field; what: string; least: number; enough: string }[] {
  const { containers, redis } = immich(inventory);
  return [
    ...containers
      .filter(({ part }) => part === 'machine-learning')
      .map(({ container }) => ({
        limit: container.field.at('resources', 'limits', 'memory'),
        what: 'machine learning',
        least: 4096 * mebibyte,
        enough: '4Gi',
      })),
    ...redis
      .flatMap((workload) => workload.containers)
      .filter(
        ({ image }) => /redis|valkey|dragonfly/.test(image.text ?? '') && !/exporter/.test(image.text ?? ''),
      )
      .map(({ field }) => ({
        limit: field.at('resources', 'limits', 'memory'),
        what: 'the queue of jobs',
        least: 512 * mebibyte,
        enough: '512Mi',
      })),
  ];
}
