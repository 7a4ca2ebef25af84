import type { Path } from './path.ts';

/**
 * The ways to all values of plain data but the whole of it, those inside of others first. The data may contain itself,
 * by an alias.
 */
export function pathsIn(data: unknown, around: readonly object[] = []): Path[] {
  if (typeof data !== 'object' || data === null || around.includes(data)) return [];
  return stepsIn(data).flatMap(([step, value]) => [
    ...pathsIn(value, [...around, data]).map((path) => [step, ...path]),
    [step],
  ]);
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null
        ? stepsIn(inside).find(([key]) => key === step)?.[1]
        : undefined,
    data,
  );
}

/** A copy of plain data with another value at a path; undefined leaves the key or the entry out. */
export function withValueAt(data: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof data !== 'object' || data === null) return data;
  const changed = stepsIn(data).flatMap(([key, inside]): [string | number, unknown][] => {
    if (key !== step) return [[key, inside]];
    const other = withValueAt(inside, rest, value);
    return other === undefined ? [] : [[key, other]];
  });
  return Array.isArray(data) ? changed.map(([, inside]) => inside) : Object.fromEntries(changed);
}

function stepsIn(data: object): [string | number, unknown][] {
  return Array.isArray(data) ? [...data.entries()] : Object.entries(data);
}
