import { hasPlainVariables, variablesIn } from '../text/flux-variables.ts';
import { nearest } from '../text/nearest.ts';
import { quote } from '../text/quoting.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';

/**
 * A text in which variables may stand that Flux fills in, such as `photos.${SECRET_DOMAIN}`. They are read as a name or
 * an address, which `form` says, and written as they were.
 */
export function variable<T>(schema: Schema<T>, form: 'name' | 'address' | 'url' = 'name'): Schema<T> {
  const { pattern } = schema.json;
  return {
    read: (value, at) => {
      if (typeof value !== 'string' || !value.includes('${')) return schema.read(value, at);
      const problem = problemOf(value, at);
      return problem === undefined
        ? schema.read(at.variables.withStandIns(value, form), at)
        : at.error(`${quote(value)} ${problem}`);
    },
    json: {
      ...schema.json,
      ...(typeof pattern === 'string' ? { pattern: `${pattern}|\\$\\{` } : {}),
    },
  };
}

function problemOf(value: string, at: Place): string | undefined {
  const known = at.variables.names;
  const [first = 'NAME'] = variablesIn(value);
  if (!hasPlainVariables(value)) {
    return `has a variable in a form that is not understood here. Write \${${first}} alone.`;
  }
  const unknown = variablesIn(value).find((name) => !known.includes(name));
  if (unknown === undefined) return undefined;
  const near = nearest(unknown, known);
  if (near !== undefined) return `has the variable ${unknown}, which is not declared. Write \${${near}}.`;
  return known.length === 0
    ? `has a variable of Flux in it, and none is declared. Write its value, or declare it: flux: { substitute: { from: [{ kind: Secret, name: cluster-secrets }], variables: [${unknown}] } }.`
    : `has the variable ${unknown}, which is not declared. Write it below flux.substitute.variables as well.`;
}
