import { testMutations } from '../../mutations.ts';

testMutations([
  {
    what: 'a file that a kustomization does not list',
    base: 'home',
    rules: ['kustomization-file-unlisted'],
    mutate: (m) => m.at('app/kustomization.yaml').resources.pop(),
  },
  {
    what: 'a kustomization that lists no such file',
    base: 'home',
    rules: ['kustomization-file-missing'],
    mutate: (m) => m.at('app/kustomization.yaml').resources.push('deployment.immich-web.yaml'),
  },
  {
    what: 'an object twice',
    base: 'home',
    rules: ['duplicate-object'],
    mutate: (m) => m.copy('app/service.immich-server.yaml', 'app/service.immich-server-2.yaml'),
  },
  {
    what: 'an object in two layers',
    base: 'home',
    rules: ['duplicate-object', 'object-in-two-kustomizations'],
    mutate: (m) => m.copy('app/service.immich-server.yaml', 'route/service.immich-server.yaml'),
  },
  {
    what: 'an empty layer',
    base: 'k3s',
    rules: ['empty-layer'],
    mutate: (m) => m.remove('traefik/helmchartconfig.traefik.yaml'),
  },
]);
