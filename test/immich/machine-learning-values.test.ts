import { machineLearningValueProblem } from '../../lib/immich/machine-learning-values.ts';

test.each([
  ['MACHINE_LEARNING_WORKERS', 'abc', 'MACHINE_LEARNING_WORKERS is "abc", which is not a whole number'],
  ['MACHINE_LEARNING_MODEL_TTL', '5m', 'Write one such as "2", without a unit.'],
  ['MACHINE_LEARNING_MODEL_TTL', '1.5', 'which is not a whole number'],
  ['MACHINE_LEARNING_REQUEST_THREADS', 'x', 'which is not a whole number'],
  ['MACHINE_LEARNING_MAX_BATCH_SIZE__OCR', 'x', 'which is not a whole number'],
  ['MACHINE_LEARNING_ANN', '2', 'which is neither true nor false'],
  ['MACHINE_LEARNING_OPENVINO_PRECISION', 'fp16', 'Write FP16 or FP32, in capitals.'],
  ['NO_COLOR', 'anything', 'which is neither true nor false'],
  ['NO_COLOR', '', 'which is neither true nor false'],
])('%s=%s ends the program', (name, value, message) => {
  expect(machineLearningValueProblem(name, value)).toContain(message);
});

test.each([
  ['MACHINE_LEARNING_WORKERS', '2'],
  ['MACHINE_LEARNING_MODEL_TTL', '-1'],
  ['MACHINE_LEARNING_MODEL_TTL', '300.0'],
  ['MACHINE_LEARNING_ANN', 'Off'],
  ['MACHINE_LEARNING_ROCM_PRECISION', 'FP16'],
  ['MACHINE_LEARNING_REQUEST_THREADS', '$(THREADS)'],
  ['MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL', 'any model'],
  ['NO_COLOR', 'true'],
  ['OTHER', 'x'],
])('%s=%s is fine', (name, value) => {
  expect(machineLearningValueProblem(name, value)).toBeUndefined();
});
