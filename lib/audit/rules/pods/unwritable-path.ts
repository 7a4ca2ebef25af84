import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import type { ContainerView } from '../../../manifests/views/container.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { concerns, immich } from '../../../manifests/views/immich.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import type { Rule } from '../../rule.ts';
import { whyUnwritable } from '../../views/writable.ts';

export const unwritablePath: Rule = {
  id: 'unwritable-path',
  severity: 'error',
  meaning: 'A folder that a program writes to, such as a cache or its home, cannot be written.',
  why: 'Libraries write caches to their home or to folders that variables name, and uploads pass through /tmp. With a read-only root or another user these writes fail, often only with the first upload or the first model.',
  url: 'https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables#hfhome',
  examples: {
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-machine-learning, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: machine-learning
          image: ghcr.io/immich-app/immich-machine-learning:v3.3.1
          env:
            - { name: HF_HOME, value: /cache }
            - { name: HOME, value: /tmp }
          securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true }
          volumeMounts:
            - { name: models, mountPath: /cache }
            - { name: tmp, mountPath: /tmp }
      volumes:
        - { name: models, persistentVolumeClaim: { claimName: immich-models } }
        - { name: tmp, emptyDir: {} }
`,
    broken: {
      'value: /tmp': 'value: /home/immich',
    },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads) {
      for (const container of concerns(inventory, workload) ? workload.containers : []) {
        for (const { what, folder, field } of folders(inventory, workload, container)) {
          const why = whyUnwritable(workload, container, folder);
          if (why !== undefined) {
            report(field, {
              message: `${what} cannot be written: ${why}.`,
              fix: 'Mount a volume there (an emptyDir for what may be lost), or name a folder that is writable.',
            });
          }
        }
      }
    }
  },
};

interface Folder {
  readonly what: string;
  readonly folder: string;
  readonly field: Field;
}

function folders(inventory: Inventory, workload: WorkloadView, container: ContainerView): Folder[] {
  const variables = environment(inventory, workload, container);
  const named = [...variables.values()].flatMap(({ name, value, field, from }) =>
    value !== undefined && FOLDER_VARIABLES.has(name)
      ? [
          {
            what: `${name} names ${value}, which`,
            folder: value,
            field: from === undefined ? field.at('value') : field,
          },
        ]
      : [],
  );
  const part = immich(inventory).containers.find((one) => one.container === container)?.part;
  const implied = (part === undefined ? [] : IMPLIED[part]).filter(({ unless }) => !variables.has(unless));
  return [
    ...named,
    ...implied.map(({ what, folder }) => ({
      what: `${what} ${folder},`,
      folder,
      field: container.field.at('name'),
    })),
  ];
}

const FOLDER_VARIABLES = new Set([
  'HOME',
  'HF_HOME',
  'HF_HUB_CACHE',
  'HF_XET_CACHE',
  'MPLCONFIGDIR',
  'NUMBA_CACHE_DIR',
  'TRANSFORMERS_CACHE',
  'MACHINE_LEARNING_CACHE_FOLDER',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_RUNTIME_DIR',
  'TMPDIR',
  'IMMICH_MEDIA_LOCATION',
]);

/** Where Immich writes without being told: https://github.com/immich-app/immich/blob/main/machine-learning/Dockerfile */
const IMPLIED = {
  server: [{ what: 'The folder for uploads in progress,', folder: '/tmp', unless: 'TMPDIR' }],
  'machine-learning': [
    { what: 'The model cache,', folder: '/cache', unless: 'MACHINE_LEARNING_CACHE_FOLDER' },
    { what: 'The folder for temporary files,', folder: '/tmp', unless: 'TMPDIR' },
  ],
} as const;
