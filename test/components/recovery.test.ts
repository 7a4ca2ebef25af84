import { parse } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, home, tachtit } from '../installation/example.ts';

/** The Cluster of an installation, as dist has it. */
function clusterOf(file: string, text: string) {
  const { files } = synthesize(new Map([['installations/x.yaml', text]]));
  return parse(files?.get(file) ?? '');
}

const homeCluster = 'home/home/database/cluster.immich-db.yaml';

describe('with the plugin', () => {
  const text = edited(home, [
    '  cnpg:\n',
    '  cnpg:\n    lineage: v1\n    restoreFrom: { lineage: v0, time: "2026-11-20T03:00:00Z" }\n    credentials: { secret: login }\n',
  ]);
  const { spec, metadata } = clusterOf(homeCluster, text);

  test('reads the old folder of the same store', () => {
    expect(spec.externalClusters).toEqual([
      {
        name: 'origin',
        plugin: {
          name: 'barman-cloud.cloudnative-pg.io',
          parameters: { barmanObjectName: 'immich-db', serverName: 'immich-db-v0' },
        },
      },
    ]);
  });

  test('archives to the new one', () => {
    expect(spec.plugins).toEqual([
      {
        name: 'barman-cloud.cloudnative-pg.io',
        isWALArchiver: true,
        parameters: { barmanObjectName: 'immich-db', serverName: 'immich-db-v1' },
      },
    ]);
  });

  test("starts as Immich's database, with the login that Immich uses, and not empty", () => {
    expect(spec.bootstrap).toEqual({
      recovery: {
        source: 'origin',
        database: 'immich',
        owner: 'immich',
        secret: { name: 'login' },
        recoveryTarget: { targetTime: '2026-11-20T03:00:00Z' },
      },
    });
  });

  test('keeps the check that the new folder is empty', () => {
    expect(JSON.stringify(metadata)).not.toContain('skipEmptyWalArchiveCheck');
  });

  test('is otherwise the database that it is without restoreFrom', () => {
    const { bootstrap: _, externalClusters: __, plugins: ___, ...rest } = spec;
    const {
      bootstrap,
      plugins: ____,
      ...before
    } = clusterOf(
      homeCluster,
      edited(home, ['  cnpg:\n', '  cnpg:\n    lineage: v1\n    credentials: { secret: login }\n']),
    ).spec;
    expect(rest).toEqual(before);
    expect(bootstrap).toHaveProperty('initdb');
  });
});

test('in the tree, store and secret are those of the backup', () => {
  const text = edited(tachtit, ['  cnpg:\n', '  cnpg:\n    lineage: v1\n    restoreFrom: original\n']);
  const { spec } = clusterOf('tachtit/tachtit-data/database/cluster.immich-db-tachtit-cnpg-v0.yaml', text);
  const { data: _, wal: __, ...store } = spec.backup.barmanObjectStore;
  expect(spec.externalClusters).toEqual([
    {
      name: 'origin',
      barmanObjectStore: { ...store, serverName: 'immich-db-tachtit-cnpg-v0', wal: { maxParallel: 4 } },
    },
  ]);
  expect(store.serverName).toBe('immich-db-tachtit-cnpg-v0-v1');
  expect(spec.bootstrap.recovery.secret).toEqual({ name: 'immich-db' });
});

test('volumes start as snapshots, and the archive adds the rest', () => {
  const text = edited(home, [
    '  cnpg:\n',
    '  cnpg:\n    walStorage: { storageClass: longhorn, size: 5Gi }\n    lineage: v1\n    restoreFrom: { lineage: v0, volumeSnapshot: { storage: data, walStorage: wal } }\n',
  ]);
  const { spec } = clusterOf(homeCluster, text);
  const kind = 'VolumeSnapshot';
  const apiGroup = 'snapshot.storage.k8s.io';
  expect(spec.bootstrap.recovery).toMatchObject({
    source: 'origin',
    volumeSnapshots: {
      storage: { name: 'data', kind, apiGroup },
      walStorage: { name: 'wal', kind, apiGroup },
    },
  });
});
