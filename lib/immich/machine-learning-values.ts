import { quote } from '../text/quoting.ts';

/**
 * What is wrong with the value of a variable of Immich's machine learning, in a sentence that says what to write
 * instead; undefined when nothing is known against it. The program reads all of them when it starts, and ends when one
 * is of the wrong kind: its immich_ml/config.py.
 *
 * A value that Kubernetes fills in, as `$(NAME)`, is not judged. An empty one is not the same as none.
 */
export function machineLearningValueProblem(name: string, value: string): string | undefined {
  if (value.includes('$(')) return undefined;
  const problem = checks.get(name)?.(value);
  return problem === undefined ? undefined : `${name} ${problem}`;
}

/** Continues a sentence that begins with the name of the variable. */
type Check = (value: string) => string | undefined;

/** As Pydantic reads one from a text: https://docs.pydantic.dev/latest/concepts/conversion_table */
const wholeNumber: Check = (value) =>
  /^\s*[+-]?\d+(_\d+)*(\.0*)?\s*$/.test(value)
    ? undefined
    : `is ${quote(value)}, which is not a whole number, and machine learning would not start. Write one such as "2", without a unit.`;

const truth: Check = (value) =>
  /^(true|false|t|f|1|0|yes|no|y|n|on|off)$/i.test(value)
    ? undefined
    : `is ${quote(value)}, which is neither true nor false, and machine learning would not start. Write "true" or "false".`;

const precision: Check = (value) =>
  value === 'FP16' || value === 'FP32'
    ? undefined
    : `is ${quote(value)}, and machine learning would not start. Write FP16 or FP32, in capitals.`;

const prefix = (names: string, check: Check): [string, Check][] =>
  names.split(' ').map((name) => [`MACHINE_LEARNING_${name}`, check]);

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...prefix('MODEL_TTL MODEL_TTL_POLL_S WORKERS WORKER_TIMEOUT HTTP_KEEPALIVE_TIMEOUT_S', wholeNumber),
  ...prefix('REQUEST_THREADS MODEL_INTER_OP_THREADS MODEL_INTRA_OP_THREADS', wholeNumber),
  ...prefix('ANN_TUNING_LEVEL RKNN_THREADS', wholeNumber),
  ...prefix(
    'MAX_BATCH_SIZE__FACIAL_RECOGNITION MAX_BATCH_SIZE__OCR MAX_BATCH_SIZE__TEXT_RECOGNITION',
    wholeNumber,
  ),
  ...prefix('MODEL_ARENA ANN ANN_FP16_TURBO RKNN', truth),
  ...prefix('OPENVINO_PRECISION ROCM_PRECISION', precision),
  ['IMMICH_PORT', wholeNumber],
  ['NO_COLOR', truth],
]);
