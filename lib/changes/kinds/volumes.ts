import type { Comparison } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/**
 * What an installation calls the volume of a claim or of what backs it: `library`, `generated`, `models`. Our pods give
 * their volumes these names. Undefined for claims that no pod of the two states mounts by such a name.
 */
export function volumeOf({ before, after }: Comparison, pair: Pair): string | undefined {
  const claim = claimOf(pair);
  for (const side of [after, before]) {
    for (const { volumes } of side.workloads) {
      const found = volumes.find((volume) => volume.claim?.text === claim && names.has(volume.name));
      if (found !== undefined) return found.name;
    }
  }
  return undefined;
}

const names: ReadonlySet<string> = new Set(['library', 'generated', 'models']);

function claimOf({ kind, name, after, before }: Pair): string | undefined {
  return kind === 'PersistentVolume' ? (after ?? before)?.at('spec', 'claimRef', 'name').text : name;
}
