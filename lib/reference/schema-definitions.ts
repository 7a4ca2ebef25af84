import type { JsonSchema } from '../schema/json-schema.ts';

/** A schema with those that it refers to, by their names. */
export interface Defined {
  readonly schema: JsonSchema;
  readonly definitions: { readonly [name: string]: JsonSchema };
}

/** The same schema, with what stands in it at several places written once. */
export function withDefinitions(schema: JsonSchema): Defined {
  return share(share({ schema, definitions: {} }, apartFromPlace), whole);
}

/** What is taken for the same, and how a place then refers to it. */
interface Sameness {
  /** The part without what is of its place alone. */
  readonly core: (part: JsonSchema) => JsonSchema;
  readonly refer: (part: JsonSchema, reference: JsonSchema) => JsonSchema;
}

const whole: Sameness = { core: (part) => part, refer: (_, reference) => reference };

/**
 * What is said of a place, its description and default, stays there, beside the type, by which editors know how a value
 * begins. Drafts up to 07 pass over what stands beside `$ref`, so that the reference stands in an `allOf`.
 * https://json-schema.org/draft-07/draft-handrews-json-schema-01#rfc.section.8.3
 */
const apartFromPlace: Sameness = {
  core: ({ description, default: standard, ...rest }) => rest,
  refer: ({ description, default: standard, type }, reference) => ({
    ...(description === undefined ? {} : { description }),
    ...(standard === undefined ? {} : { default: standard }),
    ...(type === undefined ? {} : { type }),
    allOf: [reference],
  }),
};

function share({ schema, definitions }: Defined, { core, refer }: Sameness): Defined {
  const textOf = (part: JsonSchema) => JSON.stringify(core(part));
  const repeated = repeatedIn([['', schema], ...Object.entries(definitions)], textOf);
  const names = namesOf(repeated, Object.keys(definitions));
  const change = (part: JsonSchema): JsonSchema => {
    const name = names.get(textOf(part));
    return name === undefined ? mapParts(part, change) : refer(part, { $ref: `#/definitions/${name}` });
  };
  const added = [...repeated].map(([text, { part }]) => [
    names.get(text) ?? '',
    mapParts(core(part), change),
  ]);
  const changed = Object.entries(definitions).map(([name, part]) => [name, mapParts(part, change)]);
  return { schema: mapParts(schema, change), definitions: Object.fromEntries([...changed, ...added]) };
}

/** A part that stands at several places. */
interface Repeated {
  readonly part: JsonSchema;
  /** The keys that lead to the first of them. */
  readonly path: readonly string[];
}

/** Those by their texts. What is repeated only because the part around it is counts once. */
function repeatedIn(
  roots: readonly (readonly [name: string, schema: JsonSchema])[],
  textOf: (part: JsonSchema) => string,
): ReadonlyMap<string, Repeated> {
  const found = new Map<string, Repeated & { count: number }>();
  const visitParts = (schema: JsonSchema, path: readonly string[]): void => {
    mapParts(schema, (part, key) => {
      visit(part, key === undefined ? path : [...path, key]);
      return part;
    });
  };
  const visit = (part: JsonSchema, path: readonly string[]): void => {
    const text = textOf(part);
    const known = found.get(text);
    if (known !== undefined) known.count += 1;
    else {
      found.set(text, { part, path, count: 1 });
      visitParts(part, path);
    }
  };
  for (const [name, schema] of roots) visitParts(schema, name === '' ? [] : [name]);
  return new Map([...found].filter(([text, { count }]) => count > 1 && text.length > worthwhile));
}

/** What is shorter is hardly longer than what would refer to it. */
const worthwhile = 100;

/** A name for each, by the keys that lead to it: as few of the last as tell it from the others. */
function namesOf(
  repeated: ReadonlyMap<string, Repeated>,
  known: readonly string[],
): ReadonlyMap<string, string> {
  const taken = new Set(known);
  const names = new Map<string, string>();
  for (const [text, { path }] of repeated) {
    const candidates = path.map((_, index) => path.slice(path.length - 1 - index).join('.'));
    const numbered = [...repeated.keys(), ...known].map((_, index) => `${path.join('.')}-${index + 2}`);
    const name = [...candidates, ...numbered].find((one) => !taken.has(one)) ?? '';
    taken.add(name);
    names.set(text, name);
  }
  return names;
}

/** A schema with those that it is made of changed; `key` is the name by which a mapping has them. */
function mapParts(
  schema: JsonSchema,
  change: (part: JsonSchema, key: string | undefined) => JsonSchema,
): JsonSchema {
  const one = (part: JsonSchema) => change(part, undefined);
  const { items, properties, propertyNames, additionalProperties, oneOf, allOf, not } = schema;
  return {
    ...schema,
    ...(items === undefined ? {} : { items: one(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, part]) => [key, change(part, key)]),
          ),
        }),
    ...(propertyNames === undefined ? {} : { propertyNames: one(propertyNames) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: one(additionalProperties) } : {}),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map(one) }),
    ...(allOf === undefined ? {} : { allOf: allOf.map(one) }),
    ...(not === undefined ? {} : { not: one(not) }),
  };
}
