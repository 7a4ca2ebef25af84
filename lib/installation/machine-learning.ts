import { defaulting, mapping } from '../schema/mapping.ts';
import { flag, wholeNumber } from '../schema/scalar.ts';
import { type Read, refined } from '../schema/schema.ts';
import { cpuCores } from '../values/quantity.ts';
import { containerKeys } from './container.ts';
import { innerService } from './service.ts';

/** Machine learning: search by content, faces, text in pictures. */
export type MachineLearning = Read<typeof machineLearning>;

/** The threads that one model uses by Immich's own default (MACHINE_LEARNING_MODEL_INTRA_OP_THREADS). */
const threadsOfOneModel = 2;

export const machineLearning = refined(
  mapping({
    ...containerKeys({
      image: 'ghcr.io/immich-app/immich-machine-learning at the version of the installation',
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '4Gi' } },
    }),
    service: defaulting(innerService, {}, 'The Service of machine learning.'),
    replicas: defaulting(
      wholeNumber(1, 20),
      1,
      'Number of pods. More than one needs a shared volume for models.',
    ),
    offline: defaulting(
      flag,
      false,
      'Whether models are never downloaded. They must then be on the volume already.',
    ),
  }),
  (machineLearning, at) => {
    const limit = machineLearning.resources.limits.cpu;
    if (limit !== undefined && cpuCores(limit) < threadsOfOneModel) {
      at.in('resources', 'limits', 'cpu').warning(
        `"${limit.text}" is less than the ${threadsOfOneModel} threads that one model uses, so that they wait for each other. Write "${threadsOfOneModel}" or more, or leave the limit out.`,
      );
    }
    return machineLearning;
  },
);
