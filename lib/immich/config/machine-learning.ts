import { list, notEmpty } from '../../schema/list.ts';
import { mapping, optional } from '../../schema/mapping.ts';
import { anyText, flag, wholeNumber } from '../../schema/scalar.ts';
import { fraction, webAddress } from './scalars.ts';

const enabled = optional(flag, 'Whether to do it; default true.');

/** What machine learning does, and where it runs. */
export const machineLearning = mapping({
  enabled: optional(flag, 'Whether to use machine learning; default true.'),
  urls: optional(
    notEmpty(list(webAddress)),
    'Where it runs, tried in this order; default http://immich-machine-learning:3003.',
  ),
  availabilityChecks: optional(
    mapping({
      enabled: optional(flag, 'Whether to leave out an address that does not answer; default true.'),
      interval: optional(wholeNumber(1, 86_400_000), 'The milliseconds between checks; default 30000.'),
      timeout: optional(wholeNumber(1, 86_400_000), 'The milliseconds to wait for an answer; default 2000.'),
    }),
    'Checks which addresses answer.',
  ),
  clip: optional(
    mapping({ enabled, modelName: optional(anyText, 'The model; default ViT-B-32__openai.') }),
    'Search by what photos show.',
  ),
  duplicateDetection: optional(
    mapping({
      enabled,
      maxDistance: optional(
        fraction(0.001, 0.1),
        'The most that duplicates may differ, 0.001 to 0.1; default 0.01.',
      ),
    }),
    'Finding duplicates.',
  ),
  facialRecognition: optional(
    mapping({
      enabled,
      modelName: optional(anyText, 'The model; default buffalo_l.'),
      maxDistance: optional(
        fraction(0.1, 2),
        'The most that faces of a person may differ, 0.1 to 2; default 0.5.',
      ),
      minFaces: optional(wholeNumber(1, 10_000), 'The number of faces that make a person; default 3.'),
      minScore: optional(fraction(0.1, 1), 'How certain a face must be, 0.1 to 1; default 0.7.'),
    }),
    'Finding people by their faces.',
  ),
  ocr: optional(
    mapping({
      enabled,
      modelName: optional(anyText, 'The model; default PP-OCRv5_mobile.'),
      maxResolution: optional(
        wholeNumber(1, 100_000),
        'The size in pixels that photos are reduced to; default 736.',
      ),
      minDetectionScore: optional(
        fraction(0.1, 1),
        'How certain it must be that there is text, 0.1 to 1; default 0.5.',
      ),
      minRecognitionScore: optional(
        fraction(0.1, 1),
        'How certain the words must be, 0.1 to 1; default 0.8.',
      ),
    }),
    'Reading text in photos.',
  ),
});
