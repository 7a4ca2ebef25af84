/**
 * How much something that is wrong matters, in the words of every command. `error`: data is lost, something does not
 * run, or a secret is exposed; `warning`: likely wrong; `info`: worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info';

/** The severities, the gravest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** How many there are of each severity, the gravest first: `1 error, 2 warnings`; empty where there are none. */
export function severityCounts(found: readonly { readonly severity: Severity }[]): string {
  return severities
    .flatMap((severity) => {
      const count = found.filter((one) => one.severity === severity).length;
      return count === 0 ? [] : [severity === 'info' ? `${count} info` : countOf(count, severity)];
    })
    .join(', ');
}

/** A number with its word: `1 file`, `2 files`. */
export function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
