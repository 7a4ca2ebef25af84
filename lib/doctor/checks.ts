import type { Check } from './check.ts';
import { kinds } from './checks/kinds.ts';
import { secrets } from './checks/secrets.ts';

/** All that is looked at, in the order in which it is told where it is equally ill. */
export const checks: readonly Check[] = [kinds, secrets];
