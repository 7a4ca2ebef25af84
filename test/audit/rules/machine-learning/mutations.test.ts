import { learning, pod, testMutations } from '../../mutations.ts';

testMutations([
  {
    what: 'models in the pod',
    base: 'home',
    rules: ['models-lost'],
    mutate: (m) => {
      const volume = pod(m, learning).volumes.find((one: { name: string }) => one.name === 'models');
      delete volume.persistentVolumeClaim;
      volume.emptyDir = {};
    },
  },
]);
