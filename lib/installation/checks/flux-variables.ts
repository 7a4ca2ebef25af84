import type { Place } from '../../schema/place.ts';
import { pathsIn, valueAt } from '../../text/data-path.ts';
import { variablesIn } from '../../text/flux-variables.ts';
import type { Path } from '../../text/path.ts';
import { pathText, quote } from '../../text/quoting.ts';

/** Says once what could not be checked because Flux fills it in later, and what is declared in vain. */
export function tellFluxVariables(data: unknown, at: Place): void {
  const { names } = at.variables;
  if (names.length === 0) return;
  const uses = pathsIn(data).flatMap((path) => variablesAt(data, path).map((name) => ({ path, name })));
  const used = names.filter((name) => uses.some((use) => use.name === name));
  for (const [index, name] of names.entries()) {
    if (!used.includes(name)) {
      at.in('flux', 'substitute', 'variables', index).warning(
        `${quote(name)} stands nowhere in this file. Remove it, or write \${${name}} where Flux shall fill it in.`,
      );
    }
  }
  if (used.length === 0) return;
  const paths = [...new Set(uses.map(({ path }) => pathText(path)))].sort();
  at.in('flux', 'substitute').warning(
    `Flux fills in ${used.join(', ')}, so that what stands at ${paths.join(', ')} was checked in its form alone. Whether its value is right, and whether two of them are the same, only the cluster shows; policies take a host among them for one outside of the cluster.`,
  );
}

function variablesAt(data: unknown, path: Path): string[] {
  const value = valueAt(data, path);
  return typeof value === 'string' ? variablesIn(value) : [];
}
