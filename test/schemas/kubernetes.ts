import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Schema, strict } from './schema.ts';

const published: { kinds: { [kind: string]: string }; definitions: { [name: string]: Schema } } = JSON.parse(
  readFileSync(join(__dirname, 'kubernetes-1.36.json'), 'utf8'),
);

/** The name of the definition of a kind that Kubernetes itself knows, as in `apps/v1`, `Deployment`. */
export function definitionOf(apiVersion: string, kind: string): string | undefined {
  return published.kinds[`${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}/${kind}`];
}

export const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const label = '^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$';
const subdomain = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const qualifiedName = `^(${subdomain}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`;

/** What the API server checks in code and the published schema does not say. */
const stated: { readonly [name: string]: Schema } = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: 'string',
    pattern: '^[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?$',
  },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { anyOf: [{ type: 'integer' }, { type: 'string' }] },
  [objectMeta]: {
    ...published.definitions[objectMeta],
    properties: {
      ...published.definitions[objectMeta]?.properties,
      name: { type: 'string', maxLength: 253, pattern: `^${subdomain}$` },
      namespace: { type: 'string', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
      labels: {
        type: 'object',
        propertyNames: { pattern: qualifiedName },
        additionalProperties: { type: 'string', pattern: label },
      },
      annotations: {
        type: 'object',
        propertyNames: { pattern: qualifiedName },
        additionalProperties: { type: 'string' },
      },
    },
  },
};

/** The definitions of Kubernetes, made strict, as one schema to refer to as `kubernetes#/definitions/...`. */
export const kubernetes: Schema = {
  $id: 'kubernetes',
  definitions: Object.fromEntries(
    Object.entries({ ...published.definitions, ...stated }).map(([name, schema]) => [name, strict(schema)]),
  ),
};
