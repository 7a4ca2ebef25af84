import { isList, isMapping } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';

/** Told of each value that a patch sets: its path in the patched object, and in the patch. */
export type Note = (path: Path, from: Path) => void;

/**
 * Merges a patch as kustomize merges strategically: mappings by their keys, lists of mappings by the name, mount path
 * or port of their items, other lists as a whole. `null` and `$patch: delete` remove.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
 */
export function merge(
  target: Value | undefined,
  patch: Value | undefined,
  note: Note,
  at: Path = [],
  from: Path = [],
): Value | undefined {
  if (isMapping(target) && isMapping(patch)) {
    return patch['$patch'] === 'delete' ? undefined : mergeMappings(target, patch, note, at, from);
  }
  if (isList(target) && isList(patch) && patch.every(isMapping) && target.every(isMapping)) {
    return mergeLists(target, patch, note, at, from);
  }
  note(at, from);
  return patch;
}

/** Applies the operations of a JSON patch; one that fits nowhere is left out. https://www.rfc-editor.org/rfc/rfc6902 */
export function applyOperations(
  target: Value | undefined,
  operations: readonly Value[],
  note: Note,
): Value | undefined {
  let value = target;
  operations.forEach((operation, index) => {
    if (
      isMapping(operation) &&
      typeof operation['path'] === 'string' &&
      changes.has(String(operation['op']))
    ) {
      const path = stepsOf(operation['path']);
      const from = typeof operation['from'] === 'string' ? stepsOf(operation['from']) : undefined;
      if (from === undefined) {
        value = applyAt(value, path, operation, (at) => note(at, [index, 'value']), []);
      } else {
        const moved = valueAt(value, from);
        if (moved === undefined) return;
        const rest =
          operation['op'] === 'move' ? applyAt(value, from, { op: 'remove' }, () => undefined, []) : value;
        value = applyAt(rest, path, { op: 'add', value: moved }, (at) => note(at, [index]), []);
      }
    }
  });
  return value;
}

/** The operations that are followed; `test` changes nothing. */
const changes = new Set(['add', 'replace', 'remove', 'move', 'copy']);

/** https://www.rfc-editor.org/rfc/rfc6901 */
function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(value: Value | undefined, steps: readonly string[]): Value | undefined {
  let at = value;
  for (const step of steps) {
    at = isList(at) ? at[Number(step)] : isMapping(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

type Mapping = { readonly [field: string]: Value | undefined };

function mergeMappings(target: Mapping, patch: Mapping, note: Note, at: Path, from: Path): Value {
  const merged: Record<string, Value | undefined> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete merged[key];
    } else if (key !== '$patch') {
      merged[key] = merge(merged[key], value, note, [...at, key], [...from, key]);
    }
  }
  return merged;
}

function mergeLists(
  target: readonly Mapping[],
  patch: readonly Mapping[],
  note: Note,
  at: Path,
  from: Path,
): Value {
  const merged: Value[] = [...target];
  patch.forEach((item, index) => {
    const key = mergeKeys.find((candidate) => item[candidate] !== undefined);
    const place =
      key === undefined ? -1 : merged.findIndex((one) => isMapping(one) && one[key] === item[key]);
    if (item['$patch'] === 'delete') {
      if (place >= 0) {
        merged.splice(place, 1);
      }
    } else if (place >= 0) {
      merged[place] = merge(merged[place], item, note, [...at, place], [...from, index]) ?? null;
    } else {
      merged.push(item);
      note([...at, merged.length - 1], [...from, index]);
    }
  });
  return merged;
}

/** By which the lists of pods, services and the like are merged, in the order of preference. */
const mergeKeys = ['mountPath', 'name', 'containerPort', 'port', 'ip', 'topologyKey'];

function applyAt(
  value: Value | undefined,
  path: readonly string[],
  operation: Mapping,
  note: (at: Path) => void,
  at: Path,
): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) {
    note(at);
    return operation['op'] === 'remove' ? undefined : operation['value'];
  }
  if (isList(value)) {
    return applyToList(value, step, rest, operation, note, at);
  }
  if (!isMapping(value) && value !== undefined) {
    return value;
  }
  const changed = applyAt(value?.[step], rest, operation, note, [...at, step]);
  const { [step]: _, ...others } = value ?? {};
  return changed === undefined ? others : { ...others, [step]: changed };
}

function applyToList(
  list: readonly Value[],
  step: string,
  rest: readonly string[],
  operation: Mapping,
  note: (at: Path) => void,
  at: Path,
): Value {
  const index = step === '-' ? list.length : Number(step);
  if (!Number.isInteger(index) || index < 0 || index > list.length) {
    return list;
  }
  const copy = [...list];
  if (rest.length > 0) {
    copy[index] = applyAt(list[index], rest, operation, note, [...at, index]) ?? null;
  } else if (operation['op'] === 'remove') {
    copy.splice(index, 1);
  } else {
    copy.splice(index, operation['op'] === 'add' ? 0 : 1, operation['value'] ?? null);
    note([...at, index]);
  }
  return copy;
}
