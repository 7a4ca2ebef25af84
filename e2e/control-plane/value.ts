import { isList, isMapping } from '../../lib/manifests/field.ts';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';

/** The value at a path of an object; undefined when there is none. */
export function at(
  value: KubernetesObject | Value | undefined,
  ...path: readonly (string | number)[]
): Value | undefined {
  let current: Value | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') {
      current = isList(current) ? current[step] : undefined;
    } else {
      current = isMapping(current) ? current[step] : undefined;
    }
  }
  return current;
}

/** The list at a path; empty when there is none. */
export function listAt(
  value: KubernetesObject | Value | undefined,
  ...path: readonly (string | number)[]
): readonly Value[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

/** The text at a path; empty when there is none. */
export function textAt(
  value: KubernetesObject | Value | undefined,
  ...path: readonly (string | number)[]
): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** Whether an object's status has the condition with status True. */
export function isTrue(object: KubernetesObject, condition: string): boolean {
  return listAt(object, 'status', 'conditions').some(
    (each) => at(each, 'type') === condition && at(each, 'status') === 'True',
  );
}
