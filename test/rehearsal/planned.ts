import { parseAllDocuments } from 'yaml';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { type Rehearsal, rehearsalOf } from '../../lib/rehearsal/rehearsal.ts';
import { type NoRehearsal, type RehearsalPlan, rehearsalPlanOf } from '../../lib/rehearsal/rehearsal-plan.ts';

/** The plan of a rehearsal between two texts of an installation file. */
export function plan(before: string, after: string): RehearsalPlan | NoRehearsal {
  const [standing, wanted] = [before, after].map((text) => parseInstallation('x.yaml', text).installation);
  if (standing === undefined || wanted === undefined) throw new Error('A text is not valid.');
  return rehearsalPlanOf(standing, wanted);
}

/** The same, where there is one. */
export function planned(before: string, after: string): RehearsalPlan {
  const found = plan(before, after);
  if (found.kind !== 'rehearsal') throw new Error(found.reason);
  return found;
}

/** What is written, and its objects. */
export function rehearsed(before: string, after: string) {
  const written: Rehearsal = rehearsalOf(planned(before, after), 'installations/x.yaml');
  const objects = parseAllDocuments(written.text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
  const one = (kind: string, name?: string) =>
    objects.find((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
  return { ...written, objects, one, files: one('ConfigMap', 'immich-rehearsal').data };
}

/** Edits of the reference `home`: another image of the database, and another Immich. */
export const nextImage = ['17.10-1.1.1', '18.1-1.1.2'] as const;
export const nextVersion = ['v3.3.1', 'v3.3.2'] as const;
