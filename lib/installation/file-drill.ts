import type { Retention } from '../cnpg/retention.ts';
import { defaulting, mapping } from '../schema/mapping.ts';
import { wholeNumber } from '../schema/scalar.ts';
import type { Schema } from '../schema/schema.ts';
import type { Cron } from '../values/cron.ts';
import type { Image } from '../values/image.ts';
import { type Deadline, deadline } from './deadline.ts';
import { drillSchedule } from './drill-schedule.ts';
import { image, objectName, retention } from './texts.ts';

/** The drill of files: photos are restored from restic and compared with what Immich was given. */
export interface FileDrill {
  readonly schedule: Cron;
  /** The Secret with the address and the password of the repository, and with keys that may read and list only. */
  readonly secret: string;
  /** How many files are compared besides the newest and the oldest. */
  readonly random: number;
  /** How old the newest snapshot may be. */
  readonly newest: Retention;
  /** An image with restic and a shell. */
  readonly image: Image;
  readonly deadline: Deadline;
}

/** Restic's own image, which has a shell from Alpine. A test runs what is run in it with Debian's restic. */
export const resticImage = 'docker.io/restic/restic:0.18.0';

export const fileDrill: Schema<FileDrill> = mapping({
  // Two hours after the drill of the database, which leaves the list of files.
  schedule: defaulting(
    drillSchedule('30 6'),
    'weekly',
    'When to compare: daily, weekly, monthly, or a five-field cron in UTC; some time after the drill of the database.',
  ),
  secret: defaulting(
    objectName,
    'immich-library-restic-read',
    "Name of the Secret in the drill's namespace with RESTIC_REPOSITORY, RESTIC_PASSWORD and keys of the store that may read and list only.",
  ),
  random: defaulting(
    wholeNumber(0, 1000),
    20,
    'How many files are compared besides the five newest and the five oldest; each time others.',
  ),
  newest: defaulting(
    retention,
    '3d',
    'How old the newest snapshot of the library may be, in days (d), weeks (w) or months (m).',
  ),
  image: defaulting(image, resticImage, 'An image with restic and a shell.'),
  deadline: defaulting(deadline, '4h', 'How long it may take at most, in minutes (m) or hours (h).'),
});
