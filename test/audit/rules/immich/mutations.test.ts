import { container, learning, server, testMutations, variable } from '../../mutations.ts';

testMutations([
  {
    what: 'the old path of a probe',
    base: 'home',
    rules: ['dead-probe'],
    mutate: (m) => (container(m, server).readinessProbe.httpGet.path = '/api/server-info/ping'),
  },
  {
    what: 'a variable that Immich does not read',
    base: 'home',
    rules: ['ignored-variable'],
    mutate: (m) => (variable(m, server, 'IMMICH_MACHINE_LEARNING_URL').name = 'MACHINE_LEARNING_URL'),
  },
  {
    what: 'a tag that moves',
    base: 'home',
    rules: ['moving-tag'],
    mutate: (m) => (container(m, server).image = 'ghcr.io/immich-app/immich-server:release'),
  },
  {
    what: 'machine learning of another version',
    base: 'home',
    rules: ['version-mismatch'],
    mutate: (m) => (container(m, learning).image = 'ghcr.io/immich-app/immich-machine-learning:v3.2.0'),
  },
  {
    what: 'several servers that do every job',
    base: 'tachtit',
    rules: ['several-workers'],
    mutate: (m) => (m.at(server).spec.replicas = 2),
  },
  {
    what: 'a start that is given too little time',
    base: 'home',
    rules: ['short-startup'],
    mutate: (m) => (container(m, server).startupProbe.failureThreshold = 3),
  },
  {
    what: 'a secret for machine learning',
    base: 'home',
    rules: ['ignored-variable', 'needless-secret'],
    mutate: (m) =>
      container(m, learning).env.push({
        name: 'DB_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'immich-db-app', key: 'password' } },
      }),
  },
  {
    what: 'photos outside of the library',
    base: 'home',
    rules: ['media-elsewhere'],
    mutate: (m) => (container(m, server).volumeMounts[1].mountPath = '/photos'),
  },
  {
    what: 'metrics that nothing serves',
    base: 'monitored',
    rules: ['metrics-off'],
    mutate: (m) => {
      const one = container(m, server);
      one.env = one.env.filter(({ name }: { name: string }) => name !== 'IMMICH_TELEMETRY_INCLUDE');
    },
  },
]);
