import { Field } from '../field.ts';
import { group } from '../group.ts';
import type { Inventory } from '../inventory.ts';

/** A key of a config map or a secret. */
export interface KeyView {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly namespace: string | undefined;
  readonly name: string;
  readonly key: string;
}

/**
 * The text of a key where manifests hold it in the clear: in the config map or secret itself, or in the template of an
 * ExternalSecret, which may have `{{ }}` in it; undefined where they do not.
 */
export function textOfKey(inventory: Inventory, { kind, namespace, name, key }: KeyView): Field | undefined {
  const manifest = inventory.find('', kind, namespace, name)?.manifest;
  const own = manifest === undefined ? undefined : Field.of(manifest);
  const templates = kind === 'Secret' ? (externalSecrets(inventory).get(name) ?? []) : [];
  return [
    ...(own === undefined ? [] : [own.at(kind === 'Secret' ? 'stringData' : 'data', key)]),
    ...templates
      .filter((one) => [namespace, undefined].includes(one.at('metadata', 'namespace').text))
      .map((one) => one.at('spec', 'target', 'template', 'data', key)),
  ].find(({ text }) => text !== undefined);
}

const EXTERNAL = new WeakMap<Inventory, ReadonlyMap<string, readonly Field[]>>();

/** ExternalSecrets by the secret that they make. */
function externalSecrets(inventory: Inventory): ReadonlyMap<string, readonly Field[]> {
  const known = EXTERNAL.get(inventory);
  if (known !== undefined) {
    return known;
  }
  const found = group(
    inventory.all('external-secrets.io', 'ExternalSecret'),
    (one) => one.at('spec', 'target', 'name').text ?? one.at('metadata', 'name').text ?? '',
  );
  EXTERNAL.set(inventory, found);
  return found;
}
