import { cluster, documents, scheduledBackup } from '../../../../lib/audit/examples.ts';
import { plugin, said } from '../said.ts';

describe('backup-method', () => {
  const tree = 'backup: { barmanObjectStore: { destinationPath: s3://immich } }';

  test.each([
    ['in-tree by default', tree, '', []],
    ['plugin', plugin, 'method: plugin\npluginConfiguration: { name: barman-cloud.cloudnative-pg.io }', []],
    ['snapshots', 'backup: { volumeSnapshot: { className: a } }', 'method: volumeSnapshot', []],
    ['default with the plugin', plugin, '', ['error spec.method']],
    ['plugin without a name', plugin, 'method: plugin', ['error spec.method']],
    [
      'plugin that is not there',
      tree,
      'method: plugin\npluginConfiguration: { name: other }',
      ['error spec.method'],
    ],
    ['snapshots that are not set up', tree, 'method: volumeSnapshot', ['error spec.method']],
  ])('%s', (_, spec, backup, expected) => {
    expect(said('backup-method', documents(cluster(spec), scheduledBackup(backup)))).toEqual(expected);
  });

  test('says nothing of a cluster that it does not see, or sees in several versions', () => {
    expect(said('backup-method', scheduledBackup())).toEqual([]);
    expect(said('backup-method', documents(cluster(tree), cluster(plugin), scheduledBackup()))).toEqual([]);
  });
});
