import { isDerived } from '../derived.ts';
import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { environment } from './environment.ts';
import type { ImmichContainerView } from './immich.ts';
import { textOfKey } from './key-text.ts';

/** The configuration that Immich's own chart makes a file of; undefined where its values have none. */
export function chartConfiguration(
  inventory: Inventory,
  { workload }: ImmichContainerView,
): Field | undefined {
  const { manifest } = workload;
  const subject = isDerived(manifest) ? manifest.subject : undefined;
  return inventory
    .all('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter((release) => release.value === subject)
    .map((release) => release.at('spec', 'values', 'immich', 'configuration'))
    .find(({ exists }) => exists);
}

/** The text of the file that IMMICH_CONFIG_FILE names; undefined where none is named, or no manifest holds it. */
export function configurationFile(inventory: Inventory, found: ImmichContainerView): Field | undefined {
  const { workload, container } = found;
  const file = environment(inventory, workload, container).get('IMMICH_CONFIG_FILE')?.value;
  const mount = container.mounts
    .filter(({ path }) => file === path || file?.startsWith(`${path.replace(/\/+$/, '')}/`))
    .sort((one, other) => other.path.length - one.path.length)[0];
  const volume = workload.volumes.find(({ name }) => name === mount?.volume);
  if (file === undefined || mount === undefined || volume === undefined) {
    return undefined;
  }
  const base = file.slice(file.lastIndexOf('/') + 1);
  const inside =
    mount.path === file ? (mount.field.at('subPath').text ?? base) : file.slice(mount.path.length);
  const path = inside.replace(/^\/+/, '');
  const sources = [volume.field, ...volume.field.at('projected', 'sources').items];
  for (const source of sources) {
    for (const [kind, reference] of [
      ['ConfigMap', source.at('configMap')],
      ['Secret', source.at('secret')],
    ] as const) {
      const name = reference.at('name').text ?? reference.at('secretName').text;
      const items = reference.at('items').items;
      const key = items.find((item) => item.get('path') === path)?.at('key').text ?? path;
      const text =
        name === undefined
          ? undefined
          : textOfKey(inventory, { kind, namespace: workload.namespace, name, key });
      if (text !== undefined) {
        return text;
      }
    }
  }
  return undefined;
}
