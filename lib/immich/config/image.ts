import { mapping, optional } from '../../schema/mapping.ts';
import { choice, flag, wholeNumber } from '../../schema/scalar.ts';

const format = choice('jpeg', 'webp');
const quality = optional(wholeNumber(1, 100), 'The quality, 1 to 100; default 80.');
const progressive = optional(flag, 'Whether a JPEG appears blurred first, and sharp later; default false.');

/** Which smaller images are made of each photo. */
export const image = mapping({
  colorspace: optional(choice('srgb', 'p3'), 'The colours of the images; default p3.'),
  extractEmbedded: optional(flag, 'Whether the preview in a RAW file is used; default false.'),
  fullsize: optional(
    mapping({
      enabled: optional(flag, 'Whether to make them; default false.'),
      format: optional(format, 'The format; default jpeg.'),
      quality,
      progressive,
    }),
    'Images of full size, of photos that browsers do not show.',
  ),
  preview: optional(
    mapping({
      format: optional(format, 'The format; default jpeg.'),
      size: optional(wholeNumber(1, 100_000), 'The shorter side in pixels; default 1440.'),
      quality,
      progressive,
    }),
    'The images for a single photo.',
  ),
  thumbnail: optional(
    mapping({
      format: optional(format, 'The format; default webp.'),
      size: optional(wholeNumber(1, 100_000), 'The shorter side in pixels; default 250.'),
      quality,
      progressive,
    }),
    'The images for many photos at once.',
  ),
});
