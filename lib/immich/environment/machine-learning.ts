import { release } from '../release.ts';
import { variables } from './variable.ts';

/**
 * What machine learning reads, from its immich_ml/config.py and
 * https://docs.immich.app/install/environment-variables
 */
export const machineLearningVariables = variables({
  IMMICH_LOG_LEVEL: { description: 'The least severe messages to log; default info.' },
  NO_COLOR: { description: 'Any value switches colours in logs off.' },
  IMMICH_HOST: { description: 'The address to listen on; default [::].' },
  IMMICH_PORT: { description: 'The port to listen on; default 3003.' },
  MACHINE_LEARNING_CACHE_FOLDER: {
    description: 'The folder that models are downloaded to; /cache in the image.',
  },
  MACHINE_LEARNING_MODEL_TTL: {
    description: 'The seconds after which an unused model leaves memory; default 300, 0 for never.',
  },
  MACHINE_LEARNING_MODEL_TTL_POLL_S: {
    description: 'The seconds between checks for unused models; default 10.',
  },
  MACHINE_LEARNING_REQUEST_THREADS: {
    description:
      'The number of requests handled at a time; default the number of processors of the node, whatever the limit.',
  },
  MACHINE_LEARNING_MODEL_INTER_OP_THREADS: {
    description: 'The number of parallel operations of a model; default 1.',
  },
  MACHINE_LEARNING_MODEL_INTRA_OP_THREADS: {
    description: 'The number of threads of an operation; default 2.',
  },
  MACHINE_LEARNING_WORKERS: {
    description: 'The number of processes, each with its own models in memory; default 1.',
  },
  MACHINE_LEARNING_HTTP_KEEPALIVE_TIMEOUT_S: {
    description: 'The seconds an idle connection is kept; default 2.',
  },
  MACHINE_LEARNING_WORKER_TIMEOUT: {
    description: 'The seconds after which a worker that does not answer is stopped; default 300.',
  },
  MACHINE_LEARNING_PRELOAD__CLIP: {
    description: 'A CLIP model to load at start.',
    removedIn: release(3, 0, 0),
    replacedBy: 'MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL and MACHINE_LEARNING_PRELOAD__CLIP__VISUAL',
  },
  MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL: {
    description: 'A comma-separated list of text models to load at start.',
  },
  MACHINE_LEARNING_PRELOAD__CLIP__VISUAL: {
    description: 'A comma-separated list of image models to load at start.',
  },
  MACHINE_LEARNING_PRELOAD__FACIAL_RECOGNITION: {
    description: 'A model of faces to load at start.',
    removedIn: release(3, 0, 0),
    replacedBy:
      'MACHINE_LEARNING_PRELOAD__FACIAL_RECOGNITION__RECOGNITION and MACHINE_LEARNING_PRELOAD__FACIAL_RECOGNITION__DETECTION',
  },
  MACHINE_LEARNING_PRELOAD__FACIAL_RECOGNITION__RECOGNITION: {
    description: 'A comma-separated list of models that tell faces apart, to load at start.',
  },
  MACHINE_LEARNING_PRELOAD__FACIAL_RECOGNITION__DETECTION: {
    description: 'A comma-separated list of models that find faces, to load at start.',
  },
  MACHINE_LEARNING_PRELOAD__OCR__RECOGNITION: {
    description: 'A comma-separated list of models that read text, to load at start.',
    since: release(2, 3, 0),
  },
  MACHINE_LEARNING_PRELOAD__OCR__DETECTION: {
    description: 'A comma-separated list of models that find text, to load at start.',
    since: release(2, 3, 0),
  },
  MACHINE_LEARNING_MAX_BATCH_SIZE__FACIAL_RECOGNITION: {
    description: 'The most faces to handle at a time.',
  },
  MACHINE_LEARNING_MAX_BATCH_SIZE__OCR: {
    description: 'The most pieces of text to handle at a time; default 6.',
    since: release(2, 6, 0),
  },
  MACHINE_LEARNING_MAX_BATCH_SIZE__TEXT_RECOGNITION: {
    description: 'The most pieces of text to handle at a time; default 6.',
    since: release(2, 2, 0),
    removedIn: release(3, 0, 0),
    replacedBy: 'MACHINE_LEARNING_MAX_BATCH_SIZE__OCR',
  },
  MACHINE_LEARNING_DEVICE_IDS: { description: 'A comma-separated list of graphics devices; default 0.' },
  MACHINE_LEARNING_ANN: {
    description: 'Whether to use an ARM Mali device where there is one; default true.',
  },
  MACHINE_LEARNING_ANN_FP16_TURBO: {
    description: 'Whether an ARM Mali device computes less precisely; default false.',
  },
  MACHINE_LEARNING_ANN_TUNING_LEVEL: {
    description: 'How thoroughly an ARM Mali device is tuned, 1 to 3; default 2.',
  },
  MACHINE_LEARNING_RKNN: {
    description: 'Whether to use a Rockchip device where there is one; default true.',
  },
  MACHINE_LEARNING_RKNN_THREADS: { description: 'The number of threads of a Rockchip device; default 1.' },
  MACHINE_LEARNING_OPENVINO_PRECISION: {
    description: 'The precision of an Intel device, FP16 or FP32; default FP32.',
  },
  MACHINE_LEARNING_ROCM_PRECISION: {
    description: 'The precision of an AMD device, FP16 or FP32; default FP32.',
    since: release(2, 6, 0),
  },
  MACHINE_LEARNING_MODEL_ARENA: {
    description: 'Whether memory is allocated in advance; default true, false in the image.',
  },
  // Of these v3.0.3 knew nothing, and the documentation of October 2026 does: in between they may be read.
  MACHINE_LEARNING_MODEL_ORGANIZATION: {
    description: 'Whose models to download; default immich-app.',
    since: release(3, 1, 0),
  },
  MACHINE_LEARNING_MODEL_REVISION: {
    description: 'Which revision of the models to download; default main.',
    since: release(3, 1, 0),
  },
});

/** What older machine learning read, and none since v1.130 does. */
export const legacyMachineLearningVariables = variables({
  IMMICH_DISABLE_MIMALLOC: { description: 'Whether to use the memory allocator of the C library.' },
  LOG_LEVEL: { description: 'The log level.', replacedBy: 'IMMICH_LOG_LEVEL' },
  MACHINE_LEARNING_HOST: { description: 'The address to listen on.', replacedBy: 'IMMICH_HOST' },
  MACHINE_LEARNING_PORT: { description: 'The port to listen on.', replacedBy: 'IMMICH_PORT' },
});
