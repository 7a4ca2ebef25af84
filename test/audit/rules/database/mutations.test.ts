import { server, testMutations, variable } from '../../mutations.ts';

testMutations([
  {
    what: 'VectorChord not preloaded',
    base: 'home',
    rules: ['vectorchord-not-preloaded'],
    mutate: (m) => (m.at('database/cluster.immich-db.yaml').spec.postgresql.shared_preload_libraries = []),
  },
  {
    what: 'Immich as superuser',
    base: 'home',
    rules: ['superuser'],
    mutate: (m) => {
      m.at('database/cluster.immich-db.yaml').spec.enableSuperuserAccess = true;
      for (const name of ['DB_USERNAME', 'DB_PASSWORD']) {
        variable(m, server, name).valueFrom.secretKeyRef.name = 'immich-db-superuser';
      }
    },
  },
]);
