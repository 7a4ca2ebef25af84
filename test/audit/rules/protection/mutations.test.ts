import { testMutations } from '../../mutations.ts';

testMutations([
  {
    what: 'a claim that may be pruned',
    base: 'home',
    rules: ['data-without-prune-protection'],
    mutate: (m) => delete m.at('storage/persistentvolumeclaim.immich-library.yaml').metadata.annotations,
  },
  {
    what: 'a database that may be pruned',
    base: 'home',
    rules: ['data-without-prune-protection'],
    mutate: (m) => delete m.at('database/cluster.immich-db.yaml').metadata.annotations,
  },
  {
    what: 'a volume that may be pruned',
    base: 'tachtit',
    rules: ['data-without-prune-protection'],
    mutate: (m) =>
      (m.at('storage/persistentvolume.immich-immich-generated.yaml').metadata.annotations = {
        'kustomize.toolkit.fluxcd.io/prune': 'enabled',
      }),
  },
  {
    what: 'a namespace that may be pruned',
    base: 'home',
    rules: ['data-without-prune-protection'],
    mutate: (m) => delete m.at('namespace/namespace.immich.yaml').metadata.annotations,
  },
  {
    what: 'force on the database',
    base: 'home',
    rules: ['force-on-data'],
    mutate: (m) => (m.at('flux/kustomization.immich-home-database.yaml').spec.force = true),
  },
  {
    what: 'force on storage',
    base: 'tachtit',
    rules: ['force-on-data'],
    mutate: (m) => (m.at('flux/kustomization.immich-tachtit-storage.yaml').spec.force = true),
  },
]);
