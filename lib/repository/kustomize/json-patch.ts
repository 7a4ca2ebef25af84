import { isList, isMapping } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';

/** Told of what an operation does: paths are those afterwards, and before. */
export interface OperationNotes {
  wrote(at: Path): void;
  moved(at: Path, before: Path): void;
}

/** Applies an operation of a JSON patch; one that fits nowhere changes nothing. https://www.rfc-editor.org/rfc/rfc6902 */
export function applyOperation(
  target: Value | undefined,
  operation: Value,
  notes: OperationNotes,
): Value | undefined {
  if (!isMapping(operation)) return target;
  const { op, path: to, from } = operation;
  if (typeof to !== 'string' || !changes.has(String(op))) return target;
  const path = stepsOf(to);
  if (typeof from !== 'string') {
    return applyAt(target, path, { op: String(op), value: operation['value'] }, notes, []);
  }
  const moved = valueAt(target, stepsOf(from));
  if (moved === undefined) return target;
  const rest =
    op === 'move' ? applyAt(target, stepsOf(from), { op: 'remove', value: undefined }, notes, []) : target;
  return applyAt(rest, path, { op: 'add', value: moved }, notes, []);
}

interface Operation {
  readonly op: string;
  readonly value: Value | undefined;
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

function applyAt(
  value: Value | undefined,
  path: readonly string[],
  operation: Operation,
  notes: OperationNotes,
  at: Path,
): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) {
    notes.wrote(at);
    return operation.op === 'remove' ? undefined : operation.value;
  }
  if (isList(value)) {
    return applyToList(value, step, rest, operation, notes, at);
  }
  if (!isMapping(value) && value !== undefined) {
    return value;
  }
  const changed = applyAt(value?.[step], rest, operation, notes, [...at, step]);
  const { [step]: _, ...others } = value ?? {};
  return changed === undefined ? others : { ...others, [step]: changed };
}

function applyToList(
  list: readonly Value[],
  step: string,
  rest: readonly string[],
  operation: Operation,
  notes: OperationNotes,
  at: Path,
): Value {
  const index = step === '-' ? list.length : Number(step);
  if (!Number.isInteger(index) || index < 0 || index > list.length) {
    return list;
  }
  const copy = [...list];
  if (rest.length > 0) {
    copy[index] = applyAt(list[index], rest, operation, notes, [...at, index]) ?? null;
  } else if (operation.op === 'remove') {
    copy.splice(index, 1);
    for (let behind = index; behind < copy.length; behind++) {
      notes.moved([...at, behind], [...at, behind + 1]);
    }
  } else {
    copy.splice(index, operation.op === 'add' ? 0 : 1, operation.value ?? null);
    for (let behind = index + 1; behind < copy.length && operation.op === 'add'; behind++) {
      notes.moved([...at, behind], [...at, behind - 1]);
    }
    notes.wrote([...at, index]);
  }
  return copy;
}
