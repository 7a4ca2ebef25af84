import type { Path } from '../text/path.ts';
import { Place, type Problem } from './place.ts';
import type { Schema } from './schema.ts';

/** A value that its schema has read already. Our own layers hold such, and nothing has to be read twice. */
export class Checked<T> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }
}

/**
 * Reads a property of a construct as its schema reads the same key of an installation file.
 *
 * @param owner The construct, as messages name it, such as `ImmichServer "server"`.
 * @throws Error with the sentences that the installation file would get, one a line.
 */
export function readProperty<T>(
  schema: Schema<T>,
  value: unknown,
  owner: string,
  ...path: readonly string[]
): T {
  if (value instanceof Checked) return value.value;
  const problems: Problem[] = [];
  const read = schema.read(value, new Place([...path], problems));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (read === undefined || errors.length > 0) {
    throw new Error(errors.map((error) => `${owner}: ${placeOf(error.path)}: ${error.message}`).join('\n'));
  }
  return read;
}

function placeOf(path: Path): string {
  return path.join('.');
}
