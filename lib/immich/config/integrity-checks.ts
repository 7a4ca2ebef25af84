import { mapping, optional } from '../../schema/mapping.ts';
import { flag, wholeNumber } from '../../schema/scalar.ts';
import { cronExpression } from './cron-expression.ts';
import { fraction } from './scalars.ts';

const enabled = optional(flag, 'Whether to check; default true.');
const when = optional(
  cronExpression,
  'When, as five cron fields, or six with seconds first; default 0 03 * * *.',
);

/** How Immich compares its files with its database. */
export const integrityChecks = mapping({
  checksumFiles: optional(
    mapping({
      enabled,
      cronExpression: when,
      percentageLimit: optional(fraction(0, 1), 'The share of files to read in one run, 0 to 1; default 1.'),
      timeLimit: optional(wholeNumber(0, 604_800_000), 'The milliseconds a run may take; default 3600000.'),
    }),
    'Files that changed by themselves.',
  ),
  missingFiles: optional(
    mapping({ enabled, cronExpression: when }),
    'Files that the database has, and the library lacks.',
  ),
  untrackedFiles: optional(
    mapping({ enabled, cronExpression: when }),
    'Files that the library has, and the database lacks.',
  ),
});
