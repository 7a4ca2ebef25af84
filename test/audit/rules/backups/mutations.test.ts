import { testMutations } from '../../mutations.ts';

testMutations([
  {
    what: 'a cluster renamed in its schedule',
    base: 'home',
    rules: ['backup-never-scheduled', 'missing-cluster'],
    mutate: (m) => (m.at('database/scheduledbackup.immich-db.yaml').spec.cluster.name = 'immich'),
  },
  {
    what: 'a schedule of five fields',
    base: 'home',
    rules: ['backup-schedule'],
    mutate: (m) => (m.at('database/scheduledbackup.immich-db.yaml').spec.schedule = '0 3 * * *'),
  },
  {
    what: 'a schedule of every hour by mistake',
    base: 'tachtit-data',
    rules: ['backup-schedule'],
    mutate: (m) =>
      (m.at('database/scheduledbackup.immich-db-tachtit-cnpg-v0.yaml').spec.schedule = '0 3 * * * *'),
  },
  {
    what: 'no schedule',
    base: 'home',
    rules: ['backup-never-scheduled'],
    mutate: (m) => m.remove('database/scheduledbackup.immich-db.yaml'),
  },
  {
    what: 'no backup at all',
    base: 'home',
    rules: ['database-without-backup'],
    mutate: (m) => {
      m.remove('database/scheduledbackup.immich-db.yaml');
      delete m.at('database/cluster.immich-db.yaml').spec.plugins;
    },
  },
  {
    what: 'a plugin that does not archive',
    base: 'home',
    rules: ['wal-not-archived'],
    mutate: (m) => delete m.at('database/cluster.immich-db.yaml').spec.plugins[0].isWALArchiver,
  },
  {
    what: 'a retention that nothing reads',
    base: 'home',
    rules: ['unknown-field'],
    mutate: (m) => {
      const { spec } = m.at('database/objectstore.immich-db.yaml');
      spec.configuration.retentionPolicy = spec.retentionPolicy;
      delete spec.retentionPolicy;
    },
  },
  {
    what: 'another method of backup',
    base: 'home',
    rules: ['backup-method'],
    mutate: (m) => {
      const { spec } = m.at('database/scheduledbackup.immich-db.yaml');
      spec.method = 'barmanObjectStore';
      delete spec.pluginConfiguration;
    },
  },
  {
    what: 'a backup at once whenever a schedule is renamed',
    base: 'home',
    rules: ['immediate-backup'],
    mutate: (m) => (m.at('database/scheduledbackup.immich-db.yaml').metadata.name = 'nightly'),
  },
]);
