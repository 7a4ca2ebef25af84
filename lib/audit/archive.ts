import type { Field } from '../manifests/field.ts';

/** The Barman Cloud plugin's name: https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/ */
export const BARMAN_PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** The entries of `spec.plugins` of a CloudNativePG cluster that are the Barman Cloud plugin. */
export function archivers(cluster: Field): Field[] {
  return cluster
    .at('spec', 'plugins')
    .items.filter((plugin) => plugin.get('name') === BARMAN_PLUGIN && plugin.get('enabled') !== false);
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
    cluster.at('spec', 'plugins').items.length > 0
  );
}
