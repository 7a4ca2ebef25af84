import { parse } from 'yaml';

/**
 * What may stand at a field: one of the words below, the number of a mapping in the table, a list of one of these, or
 * any name with one of these.
 */
type FieldType = string | number | readonly [FieldType] | { readonly '*': FieldType };

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
}

/** What Kubernetes publishes of its own kinds. */
export interface Published {
  readonly kinds: { readonly [kind: string]: string };
  readonly definitions: { readonly [name: string]: Schema };
}

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

/**
 * The text of `lib/manifests/field-types.json`: what may stand at each field of each kind. It is a text in a text, so
 * that a program which never asks does not read it.
 */
export function describeTypes(published: Published, customResources: readonly string[]): string {
  const table = new Table(published.definitions);
  const kinds: Record<string, FieldType> = {};
  for (const [kind, definition] of Object.entries(published.kinds)) {
    kinds[kind.replace(/^core\//, '')] = table.typeOf({ $ref: definition });
  }
  for (const text of customResources
    .flatMap((file) => file.split(/^---$/m))
    .filter((one) => one.trim() !== '')) {
    const { spec }: CustomResourceDefinition = parse(text);
    for (const { name, schema } of spec.versions) {
      const { properties: { status: _, ...properties } = {}, ...rest } = schema.openAPIV3Schema;
      kinds[`${spec.group}/${name}/${spec.names.kind}`] = table.typeOf({ ...rest, properties });
    }
  }
  return `${JSON.stringify(JSON.stringify({ kinds, mappings: table.mappings }))}\n`;
}

/** Mappings of types, of which each stands once. */
class Table {
  readonly mappings: { readonly [field: string]: FieldType }[] = [];
  private readonly places = new Map<string, number>();
  private readonly known = new Map<string, FieldType>();

  constructor(private readonly definitions: Published['definitions']) {}

  typeOf(schema: Schema): FieldType {
    if (schema.$ref !== undefined) return this.definedType(schema.$ref.replace('#/definitions/', ''));
    if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return 'either';
    if (schema['x-kubernetes-preserve-unknown-fields'] === true) return 'any';
    switch (schema.type) {
      case 'string':
      case 'boolean':
      case 'integer':
      case 'number':
        return schema.type;
      case 'array':
        return [schema.items === undefined ? 'any' : this.typeOf(schema.items)];
      default:
        return this.mappingType(schema);
    }
  }

  private mappingType({ properties, additionalProperties }: Schema): FieldType {
    if (typeof additionalProperties === 'object') return { '*': this.typeOf(additionalProperties) };
    if (properties === undefined) return 'any';
    const mapping = Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, this.typeOf(inner)]),
    );
    const text = JSON.stringify(mapping);
    const place = this.places.get(text) ?? this.mappings.push(mapping) - 1;
    this.places.set(text, place);
    return place;
  }

  private definedType(name: string): FieldType {
    // A quantity is a text in the schema, and the API server takes a number too.
    if (name.endsWith('.resource.Quantity')) return 'either';
    const known = this.known.get(name);
    if (known !== undefined) return known;
    // A definition that has itself inside stays open there.
    this.known.set(name, 'any');
    const type = this.typeOf(this.definitions[name] ?? {});
    this.known.set(name, type);
    return type;
  }
}
