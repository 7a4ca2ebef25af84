import type { Parsed } from '../../lib/values/parsed.ts';

/** The value of a text that is expected to be read. */
export function value<T>(result: Parsed<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.message}`);
  return result.value;
}

/** The message of a text that is expected to be refused. */
export function message(result: Parsed<unknown>): string {
  if (result.ok) throw new Error(`not refused: ${JSON.stringify(result.value)}`);
  return result.message;
}
