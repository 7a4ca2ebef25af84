import type { Verdict } from '../../lib/changes/accepted.ts';
import { LateTexts } from '../../lib/dist/late-texts.ts';
import { type DistPlan, type DistState, planDist } from '../../lib/dist/plan.ts';
import type { Acceptance } from '../../lib/installation/accept.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';

/** What becomes of a synth. */
export type Outcome =
  /** Nothing may be written: problems and findings say why, or the verdict does. */
  | { readonly status: 'refused'; readonly verdict?: Verdict<Acceptance> }
  | { readonly status: 'unchanged'; readonly plan: DistPlan; readonly verdict?: Verdict<Acceptance> }
  /** What has to be written and removed, and what that does. */
  | { readonly status: 'changed'; readonly plan: DistPlan; readonly verdict: Verdict<Acceptance> };

/**
 * Compares what was synthesized with what is there, and where anything would be written, judges what it does. What
 * judges is loaded only then, since most runs write nothing.
 *
 * @param only The installations that are written, where not all of them are.
 */
export async function outcomeOf(
  synthesis: Synthesis,
  sources: ReadonlyMap<string, string>,
  all: DistState,
  target: string,
  only: readonly string[] | undefined,
): Promise<Outcome> {
  const { files, same } = synthesis;
  if (files === undefined) return { status: 'refused' };
  const plan = planDist(files, only === undefined ? all : partOf(all, only), same);
  const isChanged = plan.write.size + plan.remove.length + plan.emptied.length + plan.foreign.length > 0;
  const isAccepting = synthesis.clusters.some(({ plan }) => plan.installation.accept.length > 0);
  if (!isChanged && !isAccepting) return { status: 'unchanged', plan };
  const { judge } = await import('./judgement.ts');
  const verdict = judge({ synthesis, sources, wanted: files, present: all, target, only });
  // What is accepted is told when it is no longer due, also by a run that writes nothing.
  if (!isChanged) return { status: 'unchanged', plan, verdict: { ...verdict, refused: [] } };
  return verdict.refused.length > 0 ? { status: 'refused', verdict } : { status: 'changed', plan, verdict };
}

/** The part of a folder that belongs to some installations alone. */
function partOf(present: DistState, installations: readonly string[]): DistState {
  const isInside = (path: string) => installations.some((name) => `${path}/`.startsWith(`${name}/`));
  return {
    files: new LateTexts([...present.files.keys()].filter(isInside), (path) => present.files.get(path) ?? ''),
    folders: present.folders.filter(isInside),
    others: present.others.filter(isInside),
  };
}
