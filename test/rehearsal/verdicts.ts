import type { RehearsalPlan } from '../../lib/rehearsal/rehearsal-plan.ts';
import { endings, verdictLine } from '../../lib/values/rehearsal.ts';

/** The verdict as the last step of a rehearsal says it, after 412 seconds. */
export function verdictOf({ change }: RehearsalPlan, how: keyof typeof endings, message: string): string {
  return verdictLine(change)
    .replace('$how', endings[how])
    .replace('$seconds', '412')
    .replace('$message', () => message);
}
