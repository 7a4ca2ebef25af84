import { cluster, documents } from '../../../../lib/audit/examples.ts';
import { plugin, said, store } from '../said.ts';

describe('recovery-overwrites-source', () => {
  test('the folder of a plugin is called like the new cluster unless it is said', () => {
    const restored = cluster(`${plugin}
bootstrap: { recovery: { source: origin } }
externalClusters: [{ name: origin, plugin: { name: barman-cloud.cloudnative-pg.io, parameters: { barmanObjectName: immich } } }]`);
    expect(said('recovery-overwrites-source', documents(store, restored))).toEqual([
      'error spec.plugins.0.parameters.serverName',
    ]);
    expect(said('recovery-overwrites-source', documents(restored))).toEqual([]);
  });

  test('a database of somebody else is a warning', () => {
    const restored = cluster(
      `backup: { barmanObjectStore: { destinationPath: s3://wiki } }
bootstrap: { recovery: { source: wiki } }
externalClusters: [{ name: wiki, barmanObjectStore: { destinationPath: s3://wiki } }]`,
      'wiki',
    );
    expect(said('recovery-overwrites-source', restored)).toEqual([
      'warning spec.backup.barmanObjectStore.serverName',
    ]);
  });
});
