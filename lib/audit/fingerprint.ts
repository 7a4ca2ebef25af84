import { isList, isMapping } from '../manifests/field.ts';
import type { Value } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';
import { pathText } from '../text/quoting.ts';
import type { Finding } from './finding.ts';

/**
 * What tells findings apart, and stays the same when lines, or other elements of a list, come and go. Findings that would
 * have the same are counted.
 */
export function fingerprintsOf(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const counts = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const text = textOf(finding);
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      return [finding, count === 1 ? text : `${text}#${count}`];
    }),
  );
}

/** The way to a value with the elements of lists by their names, where they have one: `env.DB_PASSWORD.value`. */
export function anchorOf(object: Value, path: Path): string {
  let at: Value | undefined = object;
  const steps = path.map((step) => {
    at =
      typeof step === 'number' ? (isList(at) ? at[step] : undefined) : isMapping(at) ? at[step] : undefined;
    const name = isMapping(at) ? at['name'] : undefined;
    return typeof step === 'number' && typeof name === 'string' ? name : step;
  });
  return pathText(steps);
}

function textOf({ rule, file, object, path, anchor }: Finding): string {
  const { namespace, kind, name } = object;
  const subject = [namespace, kind, name].filter((part) => part !== undefined).join('/');
  return `${rule}:${file}:${subject}:${anchor ?? pathText(path)}`;
}
