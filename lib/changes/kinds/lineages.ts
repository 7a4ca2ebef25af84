import { barmanPlugin } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import { archivers, isInTree } from '../../manifests/views/archive.ts';

/** The folder that a database archives to, by the name that Barman has for it; undefined when it does not archive. */
export function lineageOf(cluster: Field): string | undefined {
  const name = cluster.at('metadata', 'name').text ?? '';
  const [plugin] = archivers(cluster);
  if (plugin !== undefined) return plugin.at('parameters', 'serverName').text ?? name;
  return isInTree(cluster)
    ? (cluster.at('spec', 'backup', 'barmanObjectStore', 'serverName').text ?? name)
    : undefined;
}

/** The command that makes a base backup of a database at once. */
export function backupCommand(cluster: Field): string {
  const { name, namespace } = {
    name: cluster.at('metadata', 'name').text ?? '',
    namespace: cluster.at('metadata', 'namespace').text,
  };
  const place = namespace === undefined ? '' : ` --namespace ${namespace}`;
  const method = archivers(cluster).length > 0 ? ` --method plugin --plugin-name ${barmanPlugin}` : '';
  return `kubectl cnpg backup ${name}${place}${method}`;
}
