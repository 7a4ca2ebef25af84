import { mapping, optional } from '../../schema/mapping.ts';
import { wholeNumber } from '../../schema/scalar.ts';

/** How many jobs of a kind run at a time. */
export const job = mapping({
  backgroundTask: queue('Small tasks', 5),
  editor: queue('Edited photos', 2),
  faceDetection: queue('Finding faces', 2),
  integrityCheck: queue('Checks of files', 1),
  library: queue('External libraries', 5),
  metadataExtraction: queue('Reading metadata', 5),
  migration: queue('Moving files', 5),
  notifications: queue('Notifications', 5),
  ocr: queue('Reading text in photos', 1),
  search: queue('Search', 5),
  sidecar: queue('Sidecar files', 5),
  smartSearch: queue('Understanding photos', 2),
  thumbnailGeneration: queue('Thumbnails', 3),
  videoConversion: queue('Transcoding', 1),
  workflow: queue('Workflows', 5),
});

function queue(what: string, standard: number) {
  return optional(
    mapping({
      concurrency: optional(wholeNumber(1, 1000), `The number of jobs at a time; default ${standard}.`),
    }),
    `${what}.`,
  );
}
