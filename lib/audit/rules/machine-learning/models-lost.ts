import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { mountAt } from '../../../manifests/views/mount-at.ts';
import { documents, machineLearning } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const modelsLost: Rule = {
  id: 'models-lost',
  severity: 'info',
  whose: 'ours',
  meaning: 'Machine learning downloads its models anew whenever its pod starts.',
  why: 'Machine learning downloads its models, several gigabytes, on first use. Without a volume that outlives the pod they are fetched again after each restart; until then searches fail, and without internet they fail for good.',
  url: 'https://immich.app/docs/features/ml-hardware-acceleration/',
  examples: {
    good: documents(
      machineLearning(
        'volumeMounts: [{ name: cache, mountPath: /cache }]',
        `volumes: [{ name: cache, persistentVolumeClaim: { claimName: immich-models } }]`,
      ),
    ),
    broken: {
      'persistentVolumeClaim: { claimName: immich-models }': 'emptyDir: {}',
    },
  },
  check(inventory, report) {
    for (const { part, workload, container } of immich(inventory).containers) {
      const variables = environment(inventory, workload, container);
      const folder = variables.has('MACHINE_LEARNING_CACHE_FOLDER')
        ? variables.get('MACHINE_LEARNING_CACHE_FOLDER')?.value
        : '/cache';
      if (part !== 'machine-learning' || folder === undefined) {
        continue;
      }
      const mount = mountAt(container.mounts, folder);
      const volume = workload.volumes.find(({ name }) => name === mount?.volume);
      if (mount === undefined || volume?.field.at('emptyDir').exists) {
        report(mount?.field ?? container.field.at('name'), {
          message: `Models are kept at ${folder}, ${mount === undefined ? 'where no volume is mounted' : 'in an emptyDir'}; each new pod downloads them again, gigabytes, and searches fail meanwhile or without internet.`,
          fix: `Mount a claim at ${folder}.`,
        });
      }
    }
  },
};
