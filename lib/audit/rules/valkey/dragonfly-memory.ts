import { parseQuantity } from '../../../values/quantity.ts';
import { dragonflyBesideServer } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { type DragonflyView, dragonflies } from '../../views/dragonflies.ts';

export const dragonflyMemory: Rule = {
  id: 'dragonfly-memory',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Dragonfly has less memory than it asks for with so many threads.',
  why: 'Dragonfly wants 256 MiB for each of its threads, and ends with "There are 2 threads, so 512.00MiB are required" where it gets less. Without a word on its memory it takes four fifths of its limit. Immich does not start without its queue.',
  url: 'https://github.com/dragonflydb/dragonfly/issues/3097',
  limits:
    'Without proactor_threads it starts a thread for each processor that it sees, which manifests do not say; then one thread is taken for all.',
  examples: {
    good: dragonflyBesideServer('--proactor_threads=2, --maxmemory=512mb'),
    broken: { 'maxmemory=512mb': 'maxmemory=256mb' },
  },
  check(inventory, report) {
    for (const dragonfly of dragonflies(inventory)) {
      const threads = Number(/--proactor_threads[= ](\d+)\b/.exec(dragonfly.words)?.[1] ?? 1);
      const memory = memoryOf(dragonfly);
      const needed = threads * each;
      if (memory !== undefined && memory.bytes < needed) {
        report(memory.isLimit ? dragonfly.limit : dragonfly.args, {
          message: `Dragonfly has ${Math.floor(memory.bytes / mebibyte)} MiB for ${threads === 1 ? 'one thread' : `${threads} threads`}; it asks for ${needed / mebibyte} MiB and ends at once.`,
          fix: `Write --proactor_threads=1 and a limit of 512Mi, or --maxmemory=${needed / mebibyte}mb with a limit above it.`,
        });
      }
    }
  },
};

const mebibyte = 2 ** 20;
const each = 256 * mebibyte;

/** What Dragonfly may use: as its command line says, or four fifths of its limit; undefined where neither is known. */
function memoryOf({
  words,
  isSetElsewhere,
  limit,
}: DragonflyView): { readonly bytes: number; readonly isLimit: boolean } | undefined {
  if (isSetElsewhere('maxmemory') || isSetElsewhere('proactor_threads') || /flagfile/.test(words)) {
    return undefined;
  }
  const written = /--maxmemory[= ](\S+)/.exec(words)?.[1];
  if (written !== undefined) {
    const [, digits = '', unit = ''] = /^(\d+)(k|m|g|t)?i?b?$/i.exec(written) ?? [];
    const bytes = Number(digits) * 1024 ** ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase());
    return digits === '' || bytes === 0 ? undefined : { bytes, isLimit: false };
  }
  const parsed = parseQuantity(String(limit.value ?? ''));
  return parsed.ok ? { bytes: parsed.value.amount * 0.8, isLimit: true } : undefined;
}
