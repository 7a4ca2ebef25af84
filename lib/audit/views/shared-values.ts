import { isDerived, originOf } from '../../manifests/derived.ts';
import { Field } from '../../manifests/field.ts';

/**
 * Whether Immich's own chart gives a value to all parts at once, because it stands above them in the values. There the
 * chart's own instructions put the variables for the database.
 */
export function isShared({ manifest, path }: Field): boolean {
  if (!isDerived(manifest)) {
    return false;
  }
  const values = new Field(manifest, [], manifest.subject).at('spec', 'values');
  const [, , first = ''] = originOf(manifest, path).path;
  return parts.some((part) => values.at(part).exists) && ['controllers', 'env'].includes(String(first));
}

const parts = ['server', 'machine-learning', 'immich', 'valkey'];
