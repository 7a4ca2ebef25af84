import { barmanPlugin } from '../../../cnpg/names.ts';
import type { Field } from '../../../manifests/field.ts';
import { nameOf } from '../../../manifests/name.ts';
import { isInTree } from '../../../manifests/views/archive.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents, scheduledBackup } from '../../examples.ts';
import type { Problem, Rule } from '../../rule.ts';

export const backupMethod: Rule = {
  id: 'backup-method',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A backup asks for a method that its cluster is not set up for, so each one fails.',
  why: 'CloudNativePG takes a backup by the method that the backup names, and in-tree Barman when it names none. When the cluster is set up for another one, every backup fails and only its status says so. You find out on the day you need one.',
  url: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/#performing-a-base-backup',
  examples: {
    good: documents(
      cluster(`plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters: { barmanObjectName: immich }`),
      scheduledBackup(`method: plugin
pluginConfiguration: { name: barman-cloud.cloudnative-pg.io }`),
    ),
    broken: {
      [`method: plugin
  pluginConfiguration: { name: barman-cloud.cloudnative-pg.io }`]: '',
    },
  },
  check(inventory, report) {
    const databases = new Map<string, Field[]>();
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const id = `${database.get('metadata', 'namespace') ?? ''}/${nameOf(database)}`;
      databases.set(id, [...(databases.get(id) ?? []), database]);
    }
    for (const kind of ['ScheduledBackup', 'Backup']) {
      for (const backup of inventory.all('postgresql.cnpg.io', kind)) {
        const id = `${backup.get('metadata', 'namespace') ?? ''}/${backup.get('spec', 'cluster', 'name')}`;
        const candidates = databases.get(id) ?? [undefined];
        // One folder may hold several versions of a cluster, only one of which is applied.
        const [problem, ...others] = candidates.map((database) => problemOf(backup, database));
        if (problem !== undefined && !others.includes(undefined)) {
          report(backup.at('spec', 'method'), problem);
        }
      }
    }
  },
};

function problemOf(backup: Field, database: Field | undefined): Problem | undefined {
  const method = backup.at('spec', 'method').text ?? 'barmanObjectStore';
  const plugin = backup.at('spec', 'pluginConfiguration', 'name').text;
  const plugins = database?.at('spec', 'plugins').items.flatMap((one) => one.at('name').text ?? []) ?? [];
  if (method === 'plugin' && plugin === undefined) {
    return {
      message: 'The method is plugin, but pluginConfiguration names none; every backup fails.',
      fix: `Add pluginConfiguration: { name: ${barmanPlugin} }.`,
    };
  }
  if (database === undefined) {
    return undefined;
  }
  if (method === 'plugin' && !plugins.includes(plugin ?? '')) {
    return {
      message: `The cluster has no plugin ${quote(plugin)}; every backup fails.`,
      fix: isInTree(database)
        ? 'Write method: barmanObjectStore, or move the cluster to the plugin.'
        : 'Add the plugin to spec.plugins of the Cluster.',
    };
  }
  if (method === 'barmanObjectStore' && !isInTree(database)) {
    return {
      message: `The method is barmanObjectStore${backup.at('spec', 'method').exists ? '' : ', which it is unless something else is said'}, but the cluster has no spec.backup.barmanObjectStore; every backup fails.`,
      fix:
        plugins.length > 0
          ? `Write method: plugin and pluginConfiguration: { name: ${plugins[0]} }.`
          : 'Set up a backup in the Cluster.',
    };
  }
  return method === 'volumeSnapshot' && !database.at('spec', 'backup', 'volumeSnapshot').exists
    ? {
        message:
          'The method is volumeSnapshot, but the cluster has no spec.backup.volumeSnapshot; every backup fails.',
        fix: 'Set up volumeSnapshot in the Cluster, or write another method.',
      }
    : undefined;
}
