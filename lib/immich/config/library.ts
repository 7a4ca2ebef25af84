import { mapping, optional } from '../../schema/mapping.ts';
import { flag } from '../../schema/scalar.ts';
import { cronExpression } from './cron-expression.ts';

/** How Immich follows changes in external libraries. */
export const library = mapping({
  scan: optional(
    mapping({
      enabled: optional(flag, 'Whether to look for changes; default true.'),
      cronExpression: optional(
        cronExpression,
        'When, as five cron fields, or six with seconds first; default 0 0 * * *.',
      ),
    }),
    'Scanning for changes on a schedule.',
  ),
  watch: optional(
    mapping({ enabled: optional(flag, 'Whether to watch; it does not work on NFS; default false.') }),
    'Watching the file system for changes.',
  ),
});
