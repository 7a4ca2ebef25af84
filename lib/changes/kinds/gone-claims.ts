import type { WorkloadView } from '../../manifests/views/workload.ts';
import type { Draft, Side } from '../comparison.ts';
import { isQueue, partOf } from '../immich-parts.ts';
import type { Pair } from '../pairs.ts';
import { isPruneProtected } from './protection.ts';

/** A claim that is no longer in the later state. */
export function draftGoneClaim(pair: Pair, before: Side): Draft {
  const content = contentOf(before, pair);
  return content === undefined ? draftLostClaim(pair) : draftGoneRemainder(pair, content);
}

/** Whether pods do machine learning and nothing else of Immich. */
export function isOnlyLearning({ containers }: WorkloadView): boolean {
  const parts = containers.map(({ image }) => partOf(image.text));
  return parts.includes('machine-learning') && !parts.includes('server');
}

/** What a claim holds that nobody misses, by what mounted it; undefined where it may hold anything. */
function contentOf({ workloads }: Side, { name, namespace }: Pair): string | undefined {
  const mounting = workloads.filter(
    (one) => one.namespace === namespace && one.volumes.some(({ claim }) => claim?.text === name),
  );
  if (mounting.length === 0) return undefined;
  if (mounting.every(isOnlyLearning)) return 'models, which can be downloaded again';
  return mounting.every(isOnlyQueue) ? 'waiting jobs' : undefined;
}

function isOnlyQueue({ containers }: WorkloadView): boolean {
  return containers.every(({ image, init }) => init || isQueue(image.text ?? ''));
}

function draftGoneRemainder(pair: Pair, content: string): Draft {
  const isKept = isProtected(pair);
  return {
    grade: 'routine',
    topic: 'service',
    what: 'remove',
    from: pair.name,
    to: 'nothing',
    sentence: `The claim ${pair.name} is gone from dist. It holds nothing but ${content}; Flux ${isKept ? 'leaves it in the cluster' : 'removes it'}.`,
    steps: isKept ? [deletion(pair)] : [],
    pairs: [pair],
  };
}

function isProtected({ before }: Pair): boolean {
  return before !== undefined && isPruneProtected(before);
}

function draftLostClaim(pair: Pair): Draft {
  const isKept = isProtected(pair);
  return {
    grade: isKept ? 'steps' : 'refused',
    topic: 'data',
    what: 'remove',
    from: pair.name,
    to: 'nothing',
    sentence: isKept
      ? `The claim ${pair.name} is gone from dist. Flux leaves it and what is in it in the cluster, and nothing backs it up any more.`
      : `The claim ${pair.name} is gone from dist, and Flux removes it with everything that is in it.`,
    steps: isKept
      ? [deletion(pair)]
      : [
          `Keep the claim, or give it the annotation kustomize.toolkit.fluxcd.io/prune: disabled one commit before.`,
        ],
    pairs: [pair],
  };
}

/** How a claim is deleted that Flux leaves. */
export function deletion(pair: Pair): string {
  const claim = `${pair.name}${namespaceOption(pair)}`;
  return `When nothing in it is needed any more: kubectl annotate pvc ${claim} immich-cdk8s/delete=allowed, then kubectl delete pvc ${claim}.`;
}

function namespaceOption({ namespace }: Pair): string {
  return namespace === undefined ? '' : ` --namespace ${namespace}`;
}
