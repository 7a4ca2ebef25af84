import { type Comparison, type Draft, isAdded, isRemoved, pairsOfKind } from '../comparison.ts';
import { delivererOf } from '../deliverer.ts';

/**
 * Who applies dist changes. What keeps data is an annotation of whoever does, and goes from the objects with the change:
 * the former one must be gone before.
 */
export function deliverers(comparison: Comparison): Draft[] {
  const { before, after } = comparison;
  const [from, to] = [delivererOf(before.state), delivererOf(after.state)];
  const kustomizations = pairsOfKind(comparison, 'kustomize.toolkit.fluxcd.io', 'Kustomization');
  const applications = pairsOfKind(comparison, 'argoproj.io', 'Application');
  const former = from === 'Flux' ? kustomizations : applications;
  const gone = former.filter(isRemoved);
  const added = (from === 'Flux' ? applications : kustomizations).filter(isAdded);
  const [first] = gone;
  if (from === to || first === undefined || added.length === 0) return [];
  const marked = comparison.pairs.filter(
    ({ differences }) =>
      differences.length > 0 && differences.every(({ way }) => way.startsWith('metadata.annotations')),
  );
  const place = `${gone.map(({ name }) => name).join(' ')} --namespace ${first.before.at('metadata', 'namespace').text ?? 'default'}`;
  return [
    {
      grade: 'refused',
      topic: 'data',
      what: 'deliver',
      from: from === 'Flux' ? 'flux' : 'argocd',
      to: to === 'Flux' ? 'flux' : 'argocd',
      key: ['deliver'],
      sentence: `${to} applies dist from now on, and what keeps data from ${from} goes from the objects: while ${from} has its layers it may take them away, the database too.`,
      steps: [
        ...(from === 'Flux' ? leaveFlux(place) : leaveArgoCD(place)),
        `Then accept this change, merge it, and point ${to} at the folder that synth names.`,
      ],
      pairs: [...added, ...gone],
      alone: [...added, ...gone, ...marked],
    },
  ];
}

/** Flux removes nothing of a Kustomization that is deleted while it is suspended. */
function leaveFlux(place: string): string[] {
  const kind = 'kustomizations.kustomize.toolkit.fluxcd.io';
  return [
    'Suspend and delete the Kustomization that Flux was pointed at dist with, or take dist out of the one above.',
    `Suspend the layers: kubectl patch ${kind} ${place} --field-manager=flux-client-side-apply --type=merge --patch '{"spec":{"suspend":true}}'`,
    `Delete them, which takes nothing along while they are suspended: kubectl delete ${kind} ${place}`,
  ];
}

/** Argo CD removes what an Application applied only where that has its finalizer. */
function leaveArgoCD(place: string): string[] {
  const kind = 'applications.argoproj.io';
  return [
    'Delete the Application that Argo CD was pointed at dist with, without what it applied: argocd app delete <name> --cascade=false',
    `Take the finalizer off the layers, so that nothing goes along: kubectl patch ${kind} ${place} --type=merge --patch '{"metadata":{"finalizers":null}}'`,
    `Delete them: kubectl delete ${kind} ${place}`,
  ];
}
