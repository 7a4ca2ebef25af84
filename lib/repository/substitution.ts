import type { Value } from '../manifests/manifest.ts';

/**
 * Fills in variables as Flux does after the build: those that are given, and the defaults of others
 * (`${NAME:=default}`). What stays unknown stays as it is. A doubled dollar becomes a single one.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function substitute<T extends Value>(value: T, variables: ReadonlyMap<string, string>): T;
export function substitute(
  value: Value | undefined,
  variables: ReadonlyMap<string, string>,
): Value | undefined;
export function substitute(
  value: Value | undefined,
  variables: ReadonlyMap<string, string>,
): Value | undefined {
  if (typeof value === 'string') {
    return value.includes('${') ? fill(value, variables) : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => substitute(item, variables));
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, variables)]));
}

function fill(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(variable, (whole, dollar: string, name: string, fallback: string | undefined) =>
    dollar === '$' ? whole : (variables.get(name) ?? fallback ?? whole),
  );
}

const variable = /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)(?::?[=-]([^{}]*))?\}/g;
