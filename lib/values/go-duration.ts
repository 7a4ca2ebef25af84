const amounts = '(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+';
const duration = new RegExp(`^${amounts}$`);

/** A duration as a part of a pattern, for editors. */
export const goDurationPattern = `[-+]?(?:0|${amounts})`;

/**
 * The whole seconds of a duration as Go writes it, such as `1h30m`; at least 1, as `@every` of robfig/cron rounds
 * it. Undefined when the text is not a duration.
 * https://pkg.go.dev/time#ParseDuration
 */
export function goDuration(text: string): number | undefined {
  const [, sign = '', amounts = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (amounts === '0') return 1;
  if (!duration.test(amounts)) return undefined;
  let nanoseconds = 0;
  for (const [, digits = '', unit = ''] of amounts.matchAll(amount)) {
    nanoseconds += Number(digits) * (units.get(unit) ?? 0);
  }
  if (nanoseconds >= 2 ** 63) return undefined;
  return sign === '-' ? 1 : Math.max(1, Math.floor(nanoseconds / 1e9));
}

const amount = /([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)/g;
const units: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);
