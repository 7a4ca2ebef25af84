import { type Reader, type State, statesOf } from '../changes/state.ts';
import { parseInstallation } from '../installation/parse.ts';
import { type Plan, planOf } from '../plan/plan.ts';
import { synthesize } from '../synthesis/synthesis.ts';

/** What an installation file comes to at one moment of an upgrade. */
export interface Stage {
  readonly kind: 'stage';
  readonly plan: Plan;
  readonly state: State;
}

/** Why there is no way, as sentences. */
export interface NoUpgrade {
  readonly kind: 'none';
  readonly problems: readonly string[];
}

/** What a file is synthesized to, or why it is not. */
export function stageOf(file: string, text: string, read: Reader): Stage | NoUpgrade {
  const { installation } = parseInstallation(file, text);
  const { files, problems } = synthesize(new Map([[file, text]]));
  const state = files && installation && statesOf(files, read).get(installation.name);
  if (installation !== undefined && state !== undefined) {
    return { kind: 'stage', plan: planOf(installation), state };
  }
  return {
    kind: 'none',
    problems: problems
      .filter(({ severity }) => severity === 'error')
      .map(({ key, message }) => `${key}: ${message}`),
  };
}
