import type { Field } from '../../manifests/field.ts';
import { type Comparison, type Draft, isAdded, isChanged, pairsOfKind } from '../comparison.ts';
import { volumeOf } from './volumes.ts';

/** What a claim starts as: Kubernetes reads it when the claim is made, and refuses to change it afterwards. */
export function populations(comparison: Comparison): Draft[] {
  return pairsOfKind(comparison, '', 'PersistentVolumeClaim').flatMap((pair): Draft[] => {
    const [before, after] = [sourceOf(pair.before), sourceOf(pair.after)];
    const key = ['volumes', volumeOf(comparison, pair) ?? pair.name, 'populate'];
    const common = { topic: 'data', what: 'populate', key, pairs: [pair], fields: [way] } as const;
    if (isAdded(pair)) {
      return after === undefined
        ? []
        : [
            {
              ...common,
              grade: 'steps',
              from: 'nothing',
              to: after,
              sentence: `The claim ${pair.name} is made anew and starts as what ${after} holds. Until that is there the claim waits, and Immich with it.`,
              steps: [
                'After merging: look into the claim before Immich is used; see RUNBOOK.md, "Restore the library".',
              ],
            },
          ];
    }
    if (!isChanged(pair) || before === after) return [];
    return [
      {
        ...common,
        grade: 'steps',
        impossible: true,
        from: before ?? 'nothing',
        to: after ?? 'nothing',
        sentence: `${populationText(before, after)} Where the claim ${pair.name} exists, nothing is filled and nothing is lost, but Kubernetes refuses the change, and Flux applies nothing more of its layer.`,
        steps: [
          `Before merging: kubectl get pvc ${pair.name}${pair.namespace === undefined ? '' : ` --namespace ${pair.namespace}`} --output jsonpath='{.spec.dataSourceRef}'. Unless the claim is gone, as in a rebuild from git, write what it answers: ${before === undefined ? 'no populate, where it answers nothing' : 'populate as it was, where it answers something'}.`,
        ],
      },
    ];
  });
}

const way = 'spec.dataSourceRef';

function populationText(before: string | undefined, after: string | undefined): string {
  if (after === undefined) {
    return `A claim that was made from ${before} is written as one that comes up empty.`;
  }
  return `A claim that is made anew starts as what ${after} holds${before === undefined ? '' : `, no longer ${before}`}.`;
}

/** `ReplicationDestination/immich-library-populate`; undefined for a claim that comes up empty. */
function sourceOf(claim: Field | undefined): string | undefined {
  const source = claim?.at('spec', 'dataSourceRef');
  return source?.exists === true ? `${source.get('kind')}/${source.get('name')}` : undefined;
}
