import { barmanPlugin } from '../../../cnpg/names.ts';
import { archivers, storeOf } from '../../../manifests/views/archive.ts';
import { nearest } from '../../../text/nearest.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const ignoredPluginParameter: Rule = {
  id: 'ignored-plugin-parameter',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'The Barman Cloud plugin is given a parameter that it does not read, or lacks the one it needs.',
  why: 'The Barman Cloud plugin reads barmanObjectName and serverName and passes over everything else without a word. A retention or a path that stands there has no effect, and without barmanObjectName the plugin does not know where to archive.',
  url: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/parameters/',
  examples: {
    good: documents(
      cluster(`plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters: { barmanObjectName: immich, serverName: immich-v1 }`),
    ),
    broken: {
      'serverName: immich-v1': 'retentionPolicy: 14d',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const plugins = [
        ...archivers(database),
        ...database
          .at('spec', 'externalClusters')
          .items.map((external) => external.at('plugin'))
          .filter((plugin) => plugin.get('name') === barmanPlugin),
      ];
      for (const plugin of plugins) {
        if (!storeOf(plugin).exists) {
          report(plugin.at('parameters'), {
            message: 'The plugin is not told which ObjectStore to use; nothing is archived.',
            fix: 'Add parameters: { barmanObjectName: <name of the ObjectStore> }.',
            severity: 'error',
          });
        }
        for (const [name, field] of plugin.at('parameters').entries) {
          if (!parameters.includes(name)) {
            const near = nearest(name, parameters);
            report(field, {
              message: `The plugin does not read the parameter ${quote(name)}.`,
              fix:
                near === undefined
                  ? 'Leave it out; settings of the store, such as its retention, belong into the ObjectStore.'
                  : `Write ${near}.`,
            });
          }
        }
      }
    }
    for (const kind of ['ScheduledBackup', 'Backup']) {
      for (const backup of inventory.all('postgresql.cnpg.io', kind)) {
        const plugin = backup.at('spec', 'pluginConfiguration');
        for (const [name, field] of plugin.get('name') === barmanPlugin
          ? plugin.at('parameters').entries
          : []) {
          report(field, {
            message: `The plugin reads the parameters of the Cluster only; ${quote(name)} in a ${kind} has no effect, and the backup goes where the Cluster archives to.`,
            fix: "Leave it out, or change the plugin's parameters in the Cluster.",
          });
        }
      }
    }
  },
};

const parameters = ['barmanObjectName', 'serverName'];
