import { server, testMutations, variable } from '../../mutations.ts';

testMutations([
  {
    what: 'no health expression for the database',
    base: 'home',
    rules: ['health-expression'],
    mutate: (m) => delete m.at('flux/kustomization.immich-home-database.yaml').spec.healthCheckExprs,
  },
  {
    what: 'a health expression that fails while the database is updated',
    base: 'tachtit-data',
    rules: ['health-expression'],
    mutate: (m) =>
      (m.at('flux/kustomization.immich-tachtit-database.yaml').spec.healthCheckExprs[0].failed =
        "status.conditions.exists(c, c.type == 'Ready' && c.status == 'False')"),
  },
  {
    what: 'a layer that waits for none',
    base: 'home',
    rules: ['missing-dependency'],
    mutate: (m) =>
      (m.at('flux/kustomization.immich-home-app.yaml').spec.dependsOn[0].name = 'immich-home-stroage'),
  },
  {
    what: 'layers that wait for each other',
    base: 'home',
    rules: ['dependency-circle'],
    mutate: (m) =>
      (m.at('flux/kustomization.immich-home-namespace.yaml').spec.dependsOn = [{ name: 'immich-home-app' }]),
  },
  {
    what: 'no retry interval',
    base: 'home',
    rules: ['missing-retry-interval'],
    mutate: (m) => delete m.at('flux/kustomization.immich-home-app.yaml').spec.retryInterval,
  },
  {
    what: 'a variable of Flux',
    base: 'home',
    rules: ['substitution'],
    mutate: (m) => (variable(m, server, 'TZ').value = '$' + '{ZONE}'),
  },
]);
