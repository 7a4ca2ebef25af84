import { list, notEmpty } from '../schema/list.ts';
import { mapping, optional, required } from '../schema/mapping.ts';
import { type PlainValue, plainData } from '../schema/plain-data.ts';
import { anyText, choice, textLike } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { quote } from '../values/parsed.ts';
import { label, objectName } from './texts.ts';

/** Changes of objects that no key can say, after all else and before the rules judge. */

const pointer = textLike(
  /^(?:\/(?:[^~/]|~[01])*)+$/,
  (pointer) =>
    `${quote(pointer)} is no path of a JSON patch. Write one such as /spec/template/spec/hostname, with ~1 for a slash in a name.`,
);

/** https://www.rfc-editor.org/rfc/rfc6902 */
const operation = refine(
  mapping({
    op: required(choice('add', 'replace', 'remove', 'test'), 'What is done, as in RFC 6902.'),
    path: required(
      pointer,
      'Where, such as /spec/template/spec/hostname; /- at the end of a list adds to it.',
    ),
    value: optional(plainData, 'The value.'),
  }),
  (read, at) => {
    if (read.op === 'remove' && read.value !== undefined) {
      return at.keyError('value', '"value" means nothing where something is removed. Remove it.');
    }
    if (read.op !== 'remove' && read.value === undefined) {
      return at.missing('value', `"value" is missing: what ${read.path} becomes.`);
    }
    return read;
  },
);

/** An operation of a JSON patch. */
export type Operation = Read<typeof operation>;

/** What is done to an object: operations in order, or a part that is merged into it. */
export type Modification =
  | { readonly kind: 'operations'; readonly operations: readonly Operation[] }
  | { readonly kind: 'merge'; readonly value: { readonly [field: string]: PlainValue } };

const operations = notEmpty(list(operation));

const modification: Schema<Modification> = {
  read: (value, at) => {
    if (typeof value === 'string') {
      return at.error('The patch is a text here. Write it as YAML, without the | in front.');
    }
    if (Array.isArray(value)) {
      const read = operations.read(value, at);
      return read === undefined ? undefined : { kind: 'operations', operations: read };
    }
    const read = plainData.read(value, at);
    if (typeof read !== 'object' || read === null || !isMapping(read) || Object.keys(read).length === 0) {
      return at.error(
        `${quote(value)} is no patch. Write operations, such as [{ op: add, path: /spec/template/spec/hostname, value: immich }], or a part of the object, which is merged into it.`,
      );
    }
    return { kind: 'merge', value: read };
  },
  json: { oneOf: [operations.json, { type: 'object' }] },
};

export type Patch = Read<typeof patch>;

const patch = mapping({
  target: required(
    mapping({
      kind: required(anyText, 'Kind of the object, such as Deployment.'),
      name: required(objectName, 'Its name.'),
      namespace: optional(label, 'Its namespace, where two have that name.'),
    }),
    'The object, as it stands in dist.',
  ),
  patch: required(
    modification,
    'Operations of a JSON patch, or a part of the object that is merged into it: mappings by their keys, lists as a whole, and null removes.',
  ),
});

export const patches = list(patch);

function isMapping(value: object): value is { readonly [field: string]: PlainValue } {
  return !Array.isArray(value);
}
