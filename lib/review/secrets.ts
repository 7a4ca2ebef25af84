import type { State } from '../changes/state.ts';
import { isMapping } from '../manifests/field.ts';
import type { Manifest } from '../manifests/manifest.ts';

/**
 * All that a review may come to quote, as data in which secrets are found by their names and shapes. Whatever stands in
 * a Secret is one, whatever its key is called.
 */
export function secretsIn(...states: readonly ReadonlyMap<string, State>[]): readonly unknown[] {
  return states
    .flatMap((one) => [...one.values()])
    .flatMap(({ clusters }) => [...clusters.values()])
    .flat()
    .map(asSecret);
}

function asSecret({ object }: Manifest): unknown {
  if (object.kind !== 'Secret') return object;
  const values = ['data', 'stringData'].flatMap((part) => {
    const held = object[part];
    return isMapping(held) ? Object.values(held) : [];
  });
  return { metadata: object.metadata, password: values };
}
