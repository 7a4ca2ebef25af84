import { defaulting, mapping, optional } from '../schema/mapping.ts';
import { flag, wholeNumber } from '../schema/scalar.ts';
import { type Read, refined, type Schema } from '../schema/schema.ts';
import { cpuCores } from '../values/quantity.ts';
import { containerKeys } from './container.ts';
import { gpu } from './gpu.ts';
import type { StandardResources } from './resources.ts';
import { innerService } from './service.ts';

/** Machine learning: search by content, faces, text in pictures. */
export type MachineLearning = Read<typeof onProcessor>;

/** The threads that one model uses by Immich's own default (MACHINE_LEARNING_MODEL_INTRA_OP_THREADS). */
const threadsOfOneModel = 2;

/** What a pod of machine learning reserves, and may use. */
const ofProcessor = { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '4Gi' } };

/** The libraries of a card are larger, and OpenVINO keeps models in the memory of the pod. */
const ofGpu = { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '8Gi' } };

const onProcessor = sectionWith(ofProcessor);
const onGpu = sectionWith(ofGpu);

export const machineLearning: Schema<MachineLearning> = {
  read: (value, at) => (hasGpu(value) ? onGpu : onProcessor).read(value, at),
  json: onProcessor.json,
};

function hasGpu(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'gpu' in value && value.gpu !== undefined;
}

function sectionWith(standard: StandardResources) {
  return refined(
    mapping({
      ...containerKeys({
        image: 'ghcr.io/immich-app/immich-machine-learning at the version of the installation',
        resources: standard,
      }),
      gpu: optional(
        gpu,
        'The graphics card that models run on: nvidia, intel, intel-dra or amd, or { resource, runtimeClass, groups, nodeSelector }. The image follows it, and memory is then 2Gi and at most 8Gi unless resources says otherwise.',
      ),
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
}
