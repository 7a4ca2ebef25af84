import { parseInstallation } from '../../../lib/installation/parse.ts';
import type { Alert } from '../../../lib/plan/alerts/alert.ts';
import { type Plan, planOf } from '../../../lib/plan/plan.ts';
import { type Edit, edited, home } from '../../installation/example.ts';

/** The key that switches alerts on. */
export const monitored: Edit = ['\ndatabase:\n', '\nmonitoring: { enabled: true }\ndatabase:\n'];

/** What follows from an installation file. */
export function planned(text: string): Plan {
  const { installation, problems } = parseInstallation('', text);
  if (installation === undefined) throw new Error(JSON.stringify(problems));
  return planOf(installation);
}

/** The alerts of one group of home, changed by some edits. */
export function alertsOf(group: string, ...edits: readonly Edit[]): readonly Alert[] {
  const found = planned(edited(home, monitored, ...edits)).alerts.find(({ name }) => name === group);
  if (found === undefined) throw new Error(`no group ${group}`);
  return found.alerts;
}
