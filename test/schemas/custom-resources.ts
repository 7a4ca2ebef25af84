import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { objectMeta } from './kubernetes.ts';
import { type Schema, strict } from './schema.ts';

interface CustomResourceDefinition {
  readonly spec: {
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/** The schema of a kind that one of the definitions in `imports/` defines, made strict. */
export function customResource(apiVersion: string, kind: string): Schema | undefined {
  const [group = '', version = ''] = apiVersion.split('/');
  const text = definitions().find(
    (definition) => says(definition, 'group', group) && says(definition, 'kind', kind),
  );
  if (text === undefined) return undefined;
  const { spec }: CustomResourceDefinition = parse(text);
  const schema = spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema;
  return (
    schema &&
    strict({
      ...schema,
      properties: { ...schema.properties, metadata: { $ref: `kubernetes#/definitions/${objectMeta}` } },
    })
  );
}

const imports = join(__dirname, '../../imports');

/** The text of each definition: only those that are needed are parsed, which takes seconds for all. */
function definitions(): string[] {
  return readdirSync(imports, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readFileSync(join(imports, name, 'crds.yaml'), 'utf8').split(/^---$/m));
}

function says(definition: string, field: string, value: string): boolean {
  return new RegExp(`^ +${field}: ${value.replaceAll('.', '\\.')}$`, 'm').test(definition);
}
