import type { SecretReference } from '../installation/secret-reference.ts';
import type { EnvVar } from './api.ts';

/** An environment variable: a text, or a reference to a secret. */
export type EnvironmentVariable = { readonly name: string } & (
  | { readonly value: string }
  | { readonly from: SecretReference }
);

/** Variables out of an object of texts. */
export function variables(texts: { readonly [name: string]: string }): EnvironmentVariable[] {
  return Object.entries(texts).map(([name, value]) => ({ name, value }));
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
