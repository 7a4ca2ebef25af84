/** A JSON schema, as far as Kubernetes and its custom resource definitions use the language. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: { readonly [field: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly [keyword: string]: unknown;
}

/**
 * A schema that takes nothing it does not know. The API server drops or refuses unknown fields without saying so in
 * the schema; a schema of Kubernetes that says `x-kubernetes-preserve-unknown-fields` means it.
 */
export function strict(schema: Schema): Schema {
  const { properties, items, additionalProperties, anyOf, ...others } = schema;
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties !== undefined;
  return {
    ...others,
    ...(anyOf && { anyOf: anyOf.map(strict) }),
    ...(items && { items: strict(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([field, inner]) => [field, strict(inner)]),
      ),
    }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: strict(additionalProperties) }),
    ...(schema.type === 'object' && !isOpen && { additionalProperties: false }),
    ...(schema['x-kubernetes-int-or-string'] &&
      !anyOf && { anyOf: [{ type: 'integer' }, { type: 'string' }] }),
  };
}
