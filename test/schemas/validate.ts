import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { customResource } from './custom-resources.ts';
import { fileKinds } from './file-kinds.ts';
import { definitionOf, kubernetes } from './kubernetes.ts';
import type { Schema } from './schema.ts';

/**
 * What is wrong with an object by the schema of its kind, one sentence each: Kubernetes 1.36, the custom resource
 * definitions in `imports/`, and the two kinds of kustomize and k3s that dist contains. Unknown kinds and unknown
 * fields are wrong, and so are keys that occur twice in a list that the API server reads as a map.
 *
 * The rules in CEL of some definitions are not evaluated.
 */
export function validateStrictly(object: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: unknown };
}): string[] {
  const validate = validatorOf(object.apiVersion, object.kind);
  if (validate === undefined) return [`${object.apiVersion} ${object.kind} is a kind without schema`];
  const nameless = object.kind !== 'Kustomization' && typeof object.metadata?.name !== 'string';
  validate(object);
  return [...(nameless ? ['/metadata/name is missing'] : []), ...(validate.errors ?? []).map(sentence)];
}

const validators = new Map<string, ValidateFunction | undefined>();

function validatorOf(apiVersion: string, kind: string): ValidateFunction | undefined {
  const id = `${apiVersion}/${kind}`;
  if (!validators.has(id)) {
    const schema = schemaOf(apiVersion, kind);
    validators.set(id, schema && ajv.compile(schema));
  }
  return validators.get(id);
}

function schemaOf(apiVersion: string, kind: string): Schema | undefined {
  const definition = definitionOf(apiVersion, kind);
  if (definition !== undefined) return { $ref: `kubernetes#/definitions/${definition}` };
  return fileKinds[`${apiVersion}/${kind}`] ?? customResource(apiVersion, kind);
}

const ajv = new Ajv({
  allErrors: true,
  strictTypes: false,
  strictRequired: false,
  unicodeRegExp: false,
  code: { regExp: goPattern },
  formats: {
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/,
    byte: /^[A-Za-z0-9+/]*=*$/,
    int32: {
      type: 'number',
      validate: (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31,
    },
    int64: { type: 'number', validate: Number.isInteger },
    double: true,
    cidr: /^[0-9a-fA-F.:]+\/\d{1,3}$/,
    'idn-hostname': true,
  },
});

/** Words for other readers of these schemas. A word that is not among them is an error. */
for (const keyword of [
  'example',
  'x-kubernetes-group-version-kind',
  'x-kubernetes-int-or-string',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-unions',
  'x-kubernetes-validations',
]) {
  ajv.addKeyword(keyword);
}
ajv.addKeyword({
  keyword: 'x-kubernetes-list-type',
  type: 'array',
  validate: (listType: string, list: unknown[]) =>
    listType !== 'set' || isUnique(list.map((item) => JSON.stringify(item))),
});
ajv.addKeyword({
  keyword: 'x-kubernetes-list-map-keys',
  type: 'array',
  validate: (keys: string[], list: { [key: string]: unknown }[]) =>
    isUnique(
      list.map((item) => JSON.stringify(keys.map((key) => item[key] ?? (key === 'protocol' ? 'TCP' : '')))),
    ),
});
ajv.addSchema(kubernetes);

/** A pattern as Go reads it, where flags may also stand behind an anchor. */
function goPattern(pattern: string, flags: string): RegExp {
  const ignoresCase = pattern.includes('(?i)');
  return new RegExp(pattern.replace('(?i)', ''), ignoresCase ? `${flags}i` : flags);
}
/** How code that ajv generates would call it. */
goPattern.code = 'goPattern';

function isUnique(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
}
