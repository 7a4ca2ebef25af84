import type { Field } from '../../manifests/field.ts';
import { isKeptByArgoCD } from '../../manifests/views/argocd.ts';
import {
  type ChangedPair,
  type Comparison,
  type Draft,
  isChanged,
  isRemoved,
  pairsOfKind,
} from '../comparison.ts';
import { objectName, type Pair } from '../pairs.ts';
import { deletionGuard, guardLabel } from './deletion-guard.ts';

const prune = 'kustomize.toolkit.fluxcd.io/prune';
const forced = 'kustomize.toolkit.fluxcd.io/force';
const kept = ['PersistentVolumeClaim', 'PersistentVolume', 'Cluster', 'ObjectStore', 'Namespace'];

/** Whether Flux, or Argo CD, leaves an object alone when its file is gone. */
export function isPruneProtected(object: Field): boolean {
  const annotations = object.at('metadata', 'annotations').labels;
  return annotations[prune] === 'disabled' || isKeptByArgoCD(object);
}

/** What kept data from being deleted, and no longer does. */
export function protection(comparison: Comparison): Draft[] {
  const changed = comparison.pairs.filter(isChanged);
  return [
    ...changed.filter(({ kind }) => kept.includes(kind)).flatMap(draftPrune),
    ...changed.flatMap(force),
    ...changed.filter(({ kind }) => kind === 'Kustomization').flatMap(deletion),
    ...deletionGuard(comparison),
    ...podSecurity(comparison),
  ];
}

function draftPrune(pair: ChangedPair): Draft[] {
  if (!isPruneProtected(pair.before) || isPruneProtected(pair.after)) return [];
  return [
    {
      grade: 'refused',
      topic: 'data',
      what: 'prune',
      from: 'disabled',
      to: pair.after.at('metadata', 'annotations', prune).text ?? 'nothing',
      sentence: `${objectName(pair)} loses the annotation that keeps Flux from removing it: from then on a renamed file or a mistake in git deletes what is in it.`,
      steps: [`Keep the annotation ${prune}: disabled.`],
      pairs: [pair],
      fields: [`metadata.annotations.${prune}`],
    },
  ];
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#force: what cannot be changed is deleted and made anew. */
function force(pair: ChangedPair): Draft[] {
  const isKustomization = pair.kind === 'Kustomization';
  const isForced = (field: Field) =>
    isKustomization
      ? field.get('spec', 'force') === true
      : field.get('metadata', 'annotations', forced) === 'enabled';
  if (isForced(pair.before) || !isForced(pair.after)) return [];
  return [
    {
      grade: 'refused',
      topic: 'data',
      what: 'force',
      from: 'false',
      to: 'true',
      sentence: `${objectName(pair)} sets force: whatever cannot be changed in place is deleted and made anew, a claim or a database with everything in it.`,
      steps: ['Remove force.'],
      pairs: [pair],
      fields: [isKustomization ? 'spec.force' : `metadata.annotations.${forced}`],
    },
  ];
}

function deletion(pair: ChangedPair): Draft[] {
  const [before, after] = [pair.before.get('spec', 'prune'), pair.after.get('spec', 'prune')];
  const found: Draft[] = [];
  if (before !== after) {
    found.push({
      grade: 'steps',
      topic: 'data',
      what: 'prune',
      from: String(before ?? false),
      to: String(after ?? false),
      sentence:
        after === true
          ? `${objectName(pair)} removes objects again when their files go, those among them that lost their files before.`
          : `${objectName(pair)} no longer removes objects whose files are gone: they stay in the cluster.`,
      steps: [`See what it holds: flux tree kustomization ${pair.name}.`],
      pairs: [pair],
      fields: ['spec.prune'],
    });
  }
  const policy = pair.after.at('spec', 'deletionPolicy').text;
  if (pair.before.get('spec', 'deletionPolicy') !== policy) {
    found.push({
      grade: 'steps',
      topic: 'data',
      what: 'deletionPolicy',
      from: pair.before.at('spec', 'deletionPolicy').text ?? 'nothing',
      to: policy ?? 'nothing',
      sentence: `When ${objectName(pair)} itself is deleted, its objects are ${policy === 'Orphan' ? 'left' : 'deleted too, unless they are protected'}.`,
      pairs: [pair],
      fields: ['spec.deletionPolicy'],
    });
  }
  return found;
}

/** Labels of Pod Security on a namespace: stricter ones keep pods from starting, and they stay where the object goes. */
function podSecurity(comparison: Comparison): Draft[] {
  const enforce = 'pod-security.kubernetes.io/enforce';
  return pairsOfKind(comparison, '', 'Namespace').flatMap((pair): Draft[] => {
    const before = pair.before?.at('metadata', 'labels', enforce).text;
    const after = pair.after?.at('metadata', 'labels', enforce).text;
    if (isRemoved(pair) && isPruneProtected(pair.before)) return [leftLabels(pair, enforce)];
    if (!isChanged(pair) || before === after) return [];
    const isStricter = strictness.indexOf(after ?? '') > strictness.indexOf(before ?? '');
    return [
      {
        grade: 'steps',
        topic: 'service',
        what: 'podSecurity',
        from: before ?? 'nothing',
        to: after ?? 'nothing',
        sentence: isStricter
          ? `Pods in the namespace ${pair.name} that are not ${after} no longer start, those of others among them.`
          : `Pods in the namespace ${pair.name} may do more than before: it is no longer ${before}.`,
        steps: isStricter
          ? [
              `Ask before: kubectl label --dry-run=server --overwrite namespace ${pair.name} ${enforce}=${after}`,
            ]
          : [],
        pairs: [pair],
        fields: ['metadata.labels'],
      },
    ];
  });
}

const strictness = ['', 'privileged', 'baseline', 'restricted'];

function leftLabels(pair: Pair, enforce: string): Draft {
  return {
    grade: 'steps',
    topic: 'service',
    what: 'release',
    from: pair.name,
    to: 'nothing',
    sentence: `The namespace ${pair.name} is no longer in dist. Flux leaves it with its labels: Pod Security and the guard against deletion still hold there.`,
    steps: [
      `kubectl label namespace ${pair.name} ${enforce}- ${enforce}-version- pod-security.kubernetes.io/audit- pod-security.kubernetes.io/warn-`,
      `kubectl label namespace ${pair.name} ${guardLabel}-`,
    ],
    key: ['sharedNamespace'],
    pairs: [pair],
  };
}
