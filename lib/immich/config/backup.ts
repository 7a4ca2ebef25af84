import { mapping, optional } from '../../schema/mapping.ts';
import { flag, wholeNumber } from '../../schema/scalar.ts';
import { cronExpression } from './cron-expression.ts';

/** Immich's own dump of its database, written below the library. */
export const backup = mapping({
  database: optional(
    mapping({
      enabled: optional(flag, 'Whether Immich dumps its database itself; default true.'),
      cronExpression: optional(
        cronExpression,
        'When it does, as five cron fields, or six with seconds first; default 0 02 * * *.',
      ),
      keepLastAmount: optional(wholeNumber(1, 10_000), 'The number of dumps to keep; default 14.'),
    }),
    'The dump of the database.',
  ),
});
