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
  whose: 'upstream',
  meaning: 'A folder that a program writes to, such as a cache or its home, cannot be written.',
  why: 'Libraries write caches to their home or to folders that variables name, and Python keeps its temporary files in /tmp. With a read-only root or another user these writes fail, often only with the first upload or the first model.',
  url: 'https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables#hfhome',
  limits: 'Rights on the files of a volume are not known.',
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
        for (const { what, folder, field, isNeeded } of folders(inventory, workload, container)) {
          const why = whyUnwritable(workload, container, folder);
          if (why !== undefined) {
            report(field, {
              message: `${what} cannot be written: ${why}.`,
              fix: 'Mount a volume there (an emptyDir for what may be lost), or name a folder that is writable.',
              ...(isNeeded ? {} : { severity: inventory.complete ? 'error' : 'warning' }),
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
  /** Whether the program stops, or its purpose fails, when it cannot write there. */
  readonly isNeeded: boolean;
}

function folders(inventory: Inventory, workload: WorkloadView, container: ContainerView): Folder[] {
  const variables = environment(inventory, workload, container);
  const part = immich(inventory).containers.find((one) => one.container === container)?.part;
  // Config maps are often shared, so that what a program never reads is nothing to it.
  const read: readonly string[] = part === undefined ? anyProgram : pathsRead[part];
  const named = [...variables.values()].flatMap(({ name, value, field, from }) =>
    value !== undefined && read.includes(name)
      ? [
          {
            what: `${name} names ${value}, which`,
            folder: value,
            field: from === undefined ? field.at('value') : field,
            isNeeded: needed.includes(name),
          },
        ]
      : [],
  );
  const implied =
    part === 'machine-learning' ? impliedPaths.filter(({ unless }) => !variables.has(unless)) : [];
  return [
    ...named,
    ...implied.map((one) => ({
      ...one,
      what: `${one.what} ${one.folder},`,
      field: container.field.at('name'),
    })),
  ];
}

const needed = ['IMMICH_MEDIA_LOCATION', 'MACHINE_LEARNING_CACHE_FOLDER'];

const anyProgram = [
  'HOME',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_RUNTIME_DIR',
  'TMPDIR',
];

/** The folders that each program reads from its environment. */
const pathsRead = {
  server: ['IMMICH_MEDIA_LOCATION', 'TMPDIR'],
  'machine-learning': [
    ...anyProgram,
    'HF_HOME',
    'HF_HUB_CACHE',
    'HF_XET_CACHE',
    'MPLCONFIGDIR',
    'NUMBA_CACHE_DIR',
    'MACHINE_LEARNING_CACHE_FOLDER',
  ],
} as const;

/** Where machine learning writes without being told: https://github.com/immich-app/immich/blob/main/machine-learning/Dockerfile */
const impliedPaths = [
  { what: 'The model cache,', folder: '/cache', unless: 'MACHINE_LEARNING_CACHE_FOLDER', isNeeded: true },
  { what: 'The folder for temporary files,', folder: '/tmp', unless: 'TMPDIR', isNeeded: false },
] as const;
