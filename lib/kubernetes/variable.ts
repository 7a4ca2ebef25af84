import type { EnvVar } from './api.ts';

/** An environment variable: a text, or one key of a Secret. */
export type EnvironmentVariable = { readonly name: string } & (
  | { readonly value: string }
  | { readonly from: { readonly secret: string; readonly key: string } }
);

/** Variables out of an object of texts. */
export function variables(texts: { readonly [name: string]: string }): EnvironmentVariable[] {
  return Object.entries(texts).map(([name, value]) => ({ name, value }));
}

/** Variables out of an object of keys in Secrets. */
export function variablesFrom(references: {
  readonly [name: string]: { readonly secret: string; readonly key: string };
}): EnvironmentVariable[] {
  return Object.entries(references).map(([name, from]) => ({ name, from }));
}

/** The variable as a container states it. */
export function variableOf(variable: EnvironmentVariable): EnvVar {
  return 'value' in variable
    ? { name: variable.name, value: variable.value }
    : {
        name: variable.name,
        valueFrom: { secretKeyRef: { name: variable.from.secret, key: variable.from.key } },
      };
}
