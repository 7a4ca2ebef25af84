import { parse } from 'yaml';

/** The fields of a mapping, by name; `*` stands for any name. Nothing in it: whatever stands there is accepted. */
interface Fields {
  readonly [name: string]: Fields;
}

/** The part of a definition that says which fields its objects have. */
interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

interface Schema {
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/** The text of `lib/manifests/known-fields.json`: the fields of each kind that custom resource definitions define. */
export function describeFields(definitions: readonly string[]): string {
  const kinds: Record<string, Fields> = {};
  for (const text of definitions.flatMap((file) => file.split(/^---$/m)).filter((one) => one.trim() !== '')) {
    const { spec }: CustomResourceDefinition = parse(text);
    for (const { name, schema } of spec.versions) {
      const { status: _, ...fields } = fieldsOf(schema.openAPIV3Schema);
      kinds[`${spec.group}/${name}/${spec.names.kind}`] = fields;
    }
  }
  return `${JSON.stringify(kinds, null, 1)}\n`;
}

function fieldsOf(schema: Schema): Fields {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return {};
  if (schema.items !== undefined) return fieldsOf(schema.items);
  if (typeof schema.additionalProperties === 'object') {
    const any = fieldsOf(schema.additionalProperties);
    return Object.keys(any).length === 0 ? {} : { '*': any };
  }
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [name, fieldsOf(property)]),
  );
}
