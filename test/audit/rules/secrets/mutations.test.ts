import { testMutations } from '../../mutations.ts';

testMutations([
  {
    what: 'a secret with its value',
    base: 'home',
    rules: ['secret-value'],
    mutate: (m) => {
      m.copy('app/configmap.immich-valkey.yaml', 'app/secret.x.yaml');
      const secret = m.at('app/secret.x.yaml');
      secret.kind = 'Secret';
      secret.metadata.name = 'x';
      secret.data = { password: 'aHVudGVyMg==' };
    },
  },
]);
