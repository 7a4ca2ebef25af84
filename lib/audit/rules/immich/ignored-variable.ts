import { type EnvironmentProblem, environmentProblem } from '../../../immich/environment.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import type { Rule } from '../../rule.ts';
import { isShared } from '../../views/shared-values.ts';

export const ignoredVariable: Rule = {
  id: 'ignored-variable',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'An environment variable is set that this version of Immich does not read.',
  why: 'Immich does not complain of variables that it does not know, and some have been renamed or moved to the settings. What was meant, such as a limit or a model to load in advance, then quietly does not happen.',
  url: 'https://immich.app/docs/install/environment-variables',
  examples: {
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-machine-learning, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: machine-learning
          image: ghcr.io/immich-app/immich-machine-learning:v3.3.1
          env: [{ name: MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL, value: ViT-B-32__openai }]
`,
    broken: {
      'name: MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL': 'name: MACHINE_LEARNING_PRELOAD__CLIP',
    },
  },
  check(inventory, report) {
    // A config map that serves both parts is told of once.
    const told = new Set<string>();
    for (const { part, workload, container, version } of immich(inventory).containers) {
      const values = [...environment(inventory, workload, container).values()];
      for (const { name, field, from } of values) {
        // One config map often serves both parts, and a secret more than Immich; there only what nobody reads is told.
        const shared = from !== undefined && from.key === undefined;
        const isFiller = values.some(({ value }) => value?.includes(`$(${name})`));
        const problem = isFiller ? undefined : environmentProblem(part, name, version);
        if (problem?.kind === 'wrong-component' && isShared(field)) {
          continue;
        }
        const isNobodys =
          problem?.kind === 'unknown' && from?.kind === 'ConfigMap' && name.startsWith('IMMICH_');
        const place = JSON.stringify([field.manifest.file, field.manifest.object.metadata?.name, name]);
        if (
          problem === undefined ||
          (isNobodys && told.has(place)) ||
          (shared && !isNobodys && !['removed', 'legacy'].includes(problem.kind))
        ) {
          continue;
        }
        told.add(place);
        const at = problem.message.lastIndexOf('. ');
        report(field.at('name').exists ? field.at('name') : field, {
          message: at < 0 ? problem.message : problem.message.slice(0, at + 1),
          fix: at < 0 ? 'Leave it out.' : problem.message.slice(at + 2),
          ...(isMilder(problem) ? { severity: 'info' } : {}),
        });
      }
    }
  },
};

/** What nothing of Immich reads may be meant for a program beside it; not so a switch for metrics, which stay off. */
function isMilder({ kind, replacement }: EnvironmentProblem): boolean {
  return kind === 'wrong-component' || (kind === 'unknown' && replacement !== 'IMMICH_TELEMETRY_INCLUDE');
}
