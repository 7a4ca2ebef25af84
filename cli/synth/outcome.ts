import { impossibleChanges } from '../../lib/changes/impossible-changes.ts';
import { type DistPlan, type DistState, planDist } from '../../lib/dist/plan.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';

/** What becomes of a synth. */
export type Outcome =
  /** Nothing may be written. Each reason is a sentence; problems and findings say more. */
  | { readonly status: 'refused'; readonly reasons: readonly string[] }
  /** What has to be written and removed; nothing where it is unchanged. */
  | { readonly status: 'unchanged' | 'changed'; readonly plan: DistPlan };

/** Compares what was synthesized with what is there. `target` is the name of the folder in messages. */
export function outcomeOf({ files }: Synthesis, present: DistState, target: string): Outcome {
  if (files === undefined) return { status: 'refused', reasons: [] };
  const plan = planDist(files, present);
  const impossible = impossibleChanges(plan, present);
  if (impossible.length > 0) {
    const advice = 'If no cluster has these objects yet, remove their files first.';
    return {
      status: 'refused',
      reasons: [...impossible.map(({ file, message }) => `${target}/${file}: ${message}`), advice],
    };
  }
  const isChanged = plan.write.size + plan.remove.length + plan.emptied.length + plan.foreign.length > 0;
  return { status: isChanged ? 'changed' : 'unchanged', plan };
}

/** The part of a folder that belongs to some installations alone. */
export function partOf(present: DistState, installations: readonly string[]): DistState {
  const isInside = (path: string) => installations.some((name) => `${path}/`.startsWith(`${name}/`));
  return {
    files: new Map([...present.files].filter(([path]) => isInside(path))),
    folders: present.folders.filter(isInside),
    others: present.others.filter(isInside),
  };
}
