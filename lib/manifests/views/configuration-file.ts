import { quote } from '../../text/quoting.ts';
import { isDerived } from '../derived.ts';
import { type Field, isUnknown } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { environment } from './environment.ts';
import type { ImmichContainerView } from './immich.ts';
import { textOfKey } from './key-text.ts';
import { mountAt } from './mount-at.ts';

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
  const { namespace } = found.workload;
  return placesOf(inventory, found)
    .map(({ kind, name, key }) => textOfKey(inventory, { kind, namespace, name, key }))
    .find((text) => text !== undefined);
}

/** A file that IMMICH_CONFIG_FILE names and that is not in the config map which is mounted for it. */
export interface MissingConfigurationView {
  readonly mount: Field;
  /** Such as `ConfigMap "immich-config"`. */
  readonly holder: string;
  readonly key: string;
  readonly file: string;
  /** What is there instead. */
  readonly keys: readonly string[];
}

/** The file that a server is told to read and does not find; undefined where it may be there. */
export function missingConfigurationFile(
  inventory: Inventory,
  found: ImmichContainerView,
): MissingConfigurationView | undefined {
  const places = placesOf(inventory, found);
  const [place] = places;
  if (place === undefined || places.length > 1) {
    return undefined;
  }
  const { kind, name, key, mount, file } = place;
  const known = inventory.find('', kind, found.workload.namespace, name);
  const keys = [...(known?.keys ?? [])];
  return known?.keys === undefined || keys.includes(key) || [file, ...keys].some(isUnknown)
    ? undefined
    : { mount, holder: `${kind} ${quote(name)}`, key, file, keys };
}

interface ConfigurationPlace {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
  readonly mount: Field;
  /** The path inside the container. */
  readonly file: string;
}

/** Where the file that IMMICH_CONFIG_FILE names may come from. */
function placesOf(inventory: Inventory, { workload, container }: ImmichContainerView): ConfigurationPlace[] {
  const file = environment(inventory, workload, container).get('IMMICH_CONFIG_FILE')?.value;
  const mount = file === undefined ? undefined : mountAt(container.mounts, file);
  const volume = workload.volumes.find(({ name }) => name === mount?.volume);
  if (file === undefined || mount === undefined || volume === undefined) {
    return [];
  }
  const base = file.slice(file.lastIndexOf('/') + 1);
  const inside =
    mount.path === file ? (mount.field.at('subPath').text ?? base) : file.slice(mount.path.length);
  const path = inside.replace(/^\/+/, '');
  return [volume.field, ...volume.field.at('projected', 'sources').items].flatMap((source) =>
    (
      [
        ['ConfigMap', source.at('configMap')],
        ['Secret', source.at('secret')],
      ] as const
    ).flatMap(([kind, reference]) => {
      const name = reference.at('name').text ?? reference.at('secretName').text;
      const item = reference.at('items').items.find((one) => one.get('path') === path);
      const key = item?.at('key').text ?? path;
      return name === undefined ? [] : [{ kind, name, key, mount: mount.field, file }];
    }),
  );
}
