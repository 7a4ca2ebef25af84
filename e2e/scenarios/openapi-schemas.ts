import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isList, isMapping } from '../../lib/manifests/field.ts';
import type { Value } from '../../lib/manifests/manifest.ts';
import type { ApiClient } from '../control-plane/api-client.ts';
import { ownFolder } from '../control-plane/processes.ts';
import { at, listAt, textAt } from '../control-plane/value.ts';

/**
 * Writes the schemas that an API server publishes as kubeconform reads them, one file per kind, all pointing into one
 * file of definitions. Objects are strict: a field that no schema knows is an error.
 *
 * @returns the folder
 */
export async function writeSchemas(api: ApiClient): Promise<string> {
  const folder = ownFolder('schemas');
  const published: Value = JSON.parse(await api.text('/openapi/v2'));
  const definitions = at(published, 'definitions');
  if (!isMapping(definitions)) {
    throw new Error('The API server publishes no definitions.');
  }
  writeFileSync(join(folder, '_definitions.json'), JSON.stringify({ definitions: strict(definitions) }));
  for (const [name, definition] of Object.entries(definitions)) {
    for (const id of listAt(definition, 'x-kubernetes-group-version-kind')) {
      // kubeconform names files by kind, the first part of the group, and version.
      const group = textAt(id, 'group').split('.')[0];
      const parts = [textAt(id, 'kind'), ...(group ? [group] : []), textAt(id, 'version')];
      const schema = { $ref: `_definitions.json#/definitions/${name}` };
      writeFileSync(join(folder, `${parts.join('-').toLowerCase()}.json`), JSON.stringify(schema));
    }
  }
  return folder;
}

/** As JSON Schema: no unknown fields, and the two ways in which OpenAPI v2 says "a number or a text". */
function strict(value: Value | undefined): Value {
  if (isList(value)) {
    return value.map(strict);
  }
  if (!isMapping(value)) {
    return value ?? null;
  }
  if (at(value, 'format') === 'int-or-string' || at(value, 'x-kubernetes-int-or-string') === true) {
    return { type: ['integer', 'string'] };
  }
  const entries = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, strict(each)]));
  const isOpen =
    at(value, 'x-kubernetes-preserve-unknown-fields') === true || 'additionalProperties' in value;
  return isMapping(value['properties']) && typeof value['type'] === 'string' && !isOpen
    ? { ...entries, additionalProperties: false }
    : entries;
}
