import type { Field } from '../../../manifests/field.ts';
import { fluxKustomizations } from '../../../manifests/views/flux.ts';
import type { Rule } from '../../rule.ts';

export const dependencyCircle: Rule = {
  id: 'dependency-circle',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Flux Kustomizations wait for each other in a circle.',
  why: 'Flux applies a Kustomization only when everything it depends on is ready. In a circle each one waits for the next, so none of them is ever applied, and changes in git stay without effect.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  examples: {
    good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich, namespace: flux-system }
spec: { dependsOn: [{ name: immich-database }], path: ./immich, retryInterval: 2m }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich-database, namespace: flux-system }
spec: { path: ./database, retryInterval: 2m }
`,
    broken: {
      'spec: { path: ./database, retryInterval: 2m }':
        'spec: { dependsOn: [{ name: immich }], path: ./database, retryInterval: 2m }',
    },
  },
  check(inventory, report) {
    const kustomizations = new Map(fluxKustomizations(inventory).map((one) => [idOf(one), one]));
    const state = new Map<string, 'open' | 'done'>();
    for (const start of kustomizations.keys()) {
      walk(start);
    }

    // Not recursive: a hostile chain of dependencies may be longer than the stack.
    function walk(start: string): void {
      const trail: { id: string; dependencies: Field[] }[] = [];
      enter(start);
      while (trail.length > 0) {
        const current = trail.at(-1);
        const dependency = current?.dependencies.shift();
        if (current === undefined || dependency === undefined) {
          trail.pop();
          state.set(current?.id ?? '', 'done');
          continue;
        }
        const id = dependencyId(dependency, kustomizations.get(current.id));
        if (state.get(id) === 'open') {
          const circle = [...trail.slice(trail.findIndex((one) => one.id === id)).map((one) => one.id), id];
          report(dependency.at('name'), {
            message: `These wait for each other, so that none of them is ever applied: ${circle.join(' -> ')}.`,
            fix: 'Remove one of the dependencies.',
          });
        } else {
          enter(id);
        }
      }

      function enter(id: string): void {
        const kustomization = kustomizations.get(id);
        if (kustomization !== undefined && !state.has(id)) {
          state.set(id, 'open');
          trail.push({ id, dependencies: kustomization.at('spec', 'dependsOn').items });
        }
      }
    }
  },
};

function idOf(kustomization: Field): string {
  return `${kustomization.at('metadata', 'namespace').text ?? ''}/${kustomization.at('metadata', 'name').text ?? ''}`;
}

function dependencyId(dependency: Field, kustomization: Field | undefined): string {
  const namespace = dependency.at('namespace').text ?? kustomization?.at('metadata', 'namespace').text ?? '';
  return `${namespace}/${dependency.at('name').text ?? ''}`;
}
