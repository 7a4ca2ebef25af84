import { barmanPlugin } from '../../cnpg/names.ts';
import { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { nameOf } from '../name.ts';

/** The folder of a store in which one life of a database is archived. */
export interface ArchiveView {
  /** Where its configuration stands: `barmanObjectStore`, or that of the ObjectStore. */
  readonly configuration: Field;
  readonly destinationPath: string;
  readonly endpoint: string | undefined;
  /** The name of the folder. */
  readonly serverName: string;
  /** Where that name is written, or would be. */
  readonly serverNameField: Field;
}

/** The entries of `spec.plugins` of a CloudNativePG cluster that are the Barman Cloud plugin. */
export function archivers(cluster: Field): Field[] {
  return cluster
    .at('spec', 'plugins')
    .items.filter((plugin) => plugin.get('name') === barmanPlugin && plugin.get('enabled') !== false);
}

/** The name of the ObjectStore that an entry of `plugins`, or the `plugin` of an external cluster, uses. */
export function storeOf(plugin: Field): Field {
  return plugin.at('parameters', 'barmanObjectName');
}

/** Whether the cluster archives by the in-tree `barmanObjectStore`. */
export function isInTree(cluster: Field): boolean {
  return cluster.at('spec', 'backup', 'barmanObjectStore').exists;
}

/** Whether the cluster has any way to be backed up: the plugin, in-tree Barman, or volume snapshots. */
export function hasBackup(cluster: Field): boolean {
  return (
    isInTree(cluster) ||
    cluster.at('spec', 'backup', 'volumeSnapshot').exists ||
    cluster.at('spec', 'plugins').items.some((plugin) => plugin.get('enabled') !== false)
  );
}

/** Where a cluster archives to; undefined when it does not, or its ObjectStore is not known. */
export function archiveOf(inventory: Inventory, cluster: Field): ArchiveView | undefined {
  const name = nameOf(cluster);
  const [plugin] = archivers(cluster);
  return plugin === undefined
    ? archive(
        cluster.at('spec', 'backup', 'barmanObjectStore'),
        cluster.at('spec', 'backup', 'barmanObjectStore', 'serverName'),
        name,
      )
    : pluginArchive(inventory, cluster, plugin, name);
}

/**
 * Where a cluster recovers from. In-tree, the folder is called like the external cluster unless it is said; with the
 * plugin, like the new cluster itself.
 */
export function recoverySource(inventory: Inventory, cluster: Field): ArchiveView | undefined {
  const source = cluster.at('spec', 'bootstrap', 'recovery', 'source').text;
  const external = cluster.at('spec', 'externalClusters').items.find((one) => one.get('name') === source);
  if (source === undefined || external === undefined) {
    return undefined;
  }
  const store = external.at('barmanObjectStore');
  return store.exists
    ? archive(store, store.at('serverName'), source)
    : pluginArchive(inventory, cluster, external.at('plugin'), nameOf(cluster));
}

function pluginArchive(
  inventory: Inventory,
  cluster: Field,
  plugin: Field,
  name: string,
): ArchiveView | undefined {
  const namespace = cluster.at('metadata', 'namespace').text;
  const store = inventory.find(
    'barmancloud.cnpg.io',
    'ObjectStore',
    namespace,
    storeOf(plugin).text ?? '',
  )?.manifest;
  return store === undefined
    ? undefined
    : archive(Field.of(store).at('spec', 'configuration'), plugin.at('parameters', 'serverName'), name);
}

function archive(configuration: Field, serverNameField: Field, name: string): ArchiveView | undefined {
  const destinationPath = configuration.at('destinationPath').text;
  return destinationPath === undefined
    ? undefined
    : {
        configuration,
        destinationPath: destinationPath.replace(/\/+$/, ''),
        endpoint: configuration.at('endpointURL').text?.replace(/\/+$/, ''),
        serverName: serverNameField.text ?? name,
        serverNameField,
      };
}
