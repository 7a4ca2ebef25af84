import { Field } from '../field.ts';
import { group } from '../group.ts';
import type { Inventory } from '../inventory.ts';
import type { VariableView } from './environment.ts';

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

/** The value of a variable, also where it stands in the clear in what makes a secret; not for what may be secret itself. */
export function textOfVariable(
  inventory: Inventory,
  namespace: string | undefined,
  variable: VariableView | undefined,
): string | undefined {
  if (variable?.value !== undefined || variable?.from?.kind !== 'Secret') {
    return variable?.value;
  }
  const { from, name } = variable;
  const key = from.key?.text ?? name;
  return textOfKey(inventory, { kind: 'Secret', namespace, name: from.name.text ?? '', key })?.text;
}

const external = new WeakMap<Inventory, ReadonlyMap<string, readonly Field[]>>();

/** ExternalSecrets by the secret that they make. */
function externalSecrets(inventory: Inventory): ReadonlyMap<string, readonly Field[]> {
  const known = external.get(inventory);
  if (known !== undefined) {
    return known;
  }
  const found = group(
    inventory.all('external-secrets.io', 'ExternalSecret'),
    (one) => one.at('spec', 'target', 'name').text ?? one.at('metadata', 'name').text ?? '',
  );
  external.set(inventory, found);
  return found;
}
