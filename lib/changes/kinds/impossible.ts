import type { Field } from '../../manifests/field.ts';
import { parseQuantity } from '../../values/quantity.ts';
import { type ChangedPair, type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';
import { isSame } from '../difference.ts';
import { objectName } from '../pairs.ts';
import { isOfDrill } from './drills.ts';
import { isPlain, plain } from './plain-value.ts';
import { volumeOf } from './volumes.ts';

/**
 * What Kubernetes or CloudNativePG refuses for an object that is there. Flux would stop at the whole layer, or, where
 * somebody set `force`, delete the object and its data to make it anew.
 */
export function impossible(comparison: Comparison): Draft[] {
  return [
    ...pairsOfKind(comparison, '', 'PersistentVolumeClaim')
      .filter(isChanged)
      .flatMap((pair) => claim(pair, comparison)),
    ...pairsOfKind(comparison, '', 'PersistentVolume')
      .filter(isChanged)
      .flatMap((pair) => volume(pair, comparison)),
    ...pairsOfKind(comparison, 'postgresql.cnpg.io', 'Cluster').filter(isChanged).flatMap(database),
    ...comparison.pairs
      .filter(isChanged)
      .flatMap((pair) =>
        (immutable[pair.kind] ?? []).flatMap((way) => draftFixed(pair, way, pair.kind, undefined)),
      ),
  ];
}

/** Fields of other objects that cannot be changed once they are there, each said in its kind's own documentation. */
const immutable: { readonly [kind: string]: readonly string[] } = {
  Deployment: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates', 'spec.podManagementPolicy'],
  Job: ['spec.template', 'spec.selector', 'spec.completionMode'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  ScheduledBackup: ['spec.cluster'],
};

// https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
const claimSize = 'spec.resources.requests.storage';

function claim(pair: ChangedPair, comparison: Comparison): Draft[] {
  const key = volumeOf(comparison, pair);
  const drill = isOfDrill(pair) ? ['database', 'cnpg', 'backup', 'drill'] : undefined;
  const at = (name: string) => (key === undefined ? drill && [...drill, name] : ['volumes', key, name]);
  const [before, after] = sizes(pair, claimSize);
  return [
    ...draftFixed(pair, 'spec.storageClassName', 'claim', at('storageClass')),
    ...draftFixed(pair, 'spec.accessModes', 'claim', at('accessMode')),
    ...draftFixed(pair, 'spec.volumeName', 'claim', at('nfs')),
    ...draftShrink(pair, claimSize, 'a claim', at('size')),
    ...(valueAt(pair.after, 'spec.storageClassName').value === '' && isMore(after, before)
      ? [
          refusal(pair, claimSize, 'grow', at('size'), [
            `${valueText(after)} is more than ${valueText(before)}, but Kubernetes grows only claims of a storage class.`,
            `A size says nothing about a network share: keep ${valueText(before)}.`,
          ]),
        ]
      : []),
  ];
}

function volume(pair: ChangedPair, comparison: Comparison): Draft[] {
  const key = volumeOf(comparison, pair);
  const path = key === undefined ? undefined : ['volumes', key, 'nfs'];
  return ['nfs', 'csi', 'hostPath', 'local'].flatMap((source) =>
    draftFixed(pair, `spec.${source}`, 'volume', path),
  );
}

// https://cloudnative-pg.io/documentation/current/storage/
function database(pair: ChangedPair): Draft[] {
  const key = (...steps: string[]) => ['database', 'cnpg', ...steps];
  const wal = 'spec.walStorage';
  return [
    ...draftShrink(pair, 'spec.storage.size', 'the storage of a database', key('storage', 'size')),
    ...draftShrink(pair, `${wal}.size`, 'the storage of a database', key('walStorage', 'size')),
    ...(valueAt(pair.before, wal).exists && !valueAt(pair.after, wal).exists
      ? [
          refusal(pair, wal, 'remove', key('walStorage'), [
            'walStorage is gone, but CloudNativePG cannot remove the volume of the write-ahead log.',
            'Keep walStorage.',
          ]),
        ]
      : []),
  ];
}

function draftFixed(
  pair: ChangedPair,
  way: string,
  what: string,
  key: readonly string[] | undefined,
): Draft[] {
  const [before, after] = sizes(pair, way);
  if (isSame(before.value, after.value)) return [];
  const isNamed = isPlain(before) && isPlain(after);
  const kept = isNamed ? valueText(before) : `${way} as it was`;
  return [
    refusal(pair, way, 'change', key, [
      `${isNamed ? `${valueText(before)} became ${valueText(after)}` : `${way} of ${objectName(pair)} changed`}, but this cannot be changed in a ${what} that exists.`,
      stepFor(pair, what, kept),
    ]),
  ];
}

function stepFor(pair: ChangedPair, what: string, kept: string): string {
  if (isOfDrill(pair)) {
    return `Keep ${kept}, or delete the ${what} by hand first, with the annotation immich-cdk8s/delete=allowed: it holds only the counts of the last drill.`;
  }
  return ['claim', 'volume'].includes(what)
    ? `Keep ${kept}, or give the volume another name and move the data.`
    : `Keep ${kept}; Flux stops at the whole layer otherwise. To change it, delete the object by hand first.`;
}

function draftShrink(
  pair: ChangedPair,
  way: string,
  what: string,
  key: readonly string[] | undefined,
): Draft[] {
  const [before, after] = sizes(pair, way);
  if (!isMore(before, after)) return [];
  return [
    refusal(pair, way, 'shrink', key, [
      `${valueText(after)} is less than ${valueText(before)}, but ${what} cannot shrink.`,
      `Write ${valueText(before)} or more.`,
    ]),
  ];
}

function refusal(
  pair: ChangedPair,
  way: string,
  what: string,
  key: readonly string[] | undefined,
  [sentence, step]: readonly [string, string],
): Draft {
  const [before, after] = sizes(pair, way);
  return {
    grade: 'refused',
    topic: 'data',
    impossible: true,
    what,
    from: plain(before),
    to: plain(after),
    sentence,
    steps: [step],
    key,
    pairs: [pair],
    fields: [way],
  };
}

function sizes(pair: ChangedPair, way: string): [Field, Field] {
  return [valueAt(pair.before, way), valueAt(pair.after, way)];
}

/** The field at a way of keys, such as `spec.storage.size`. */
function valueAt(field: Field, way: string): Field {
  return field.at(...way.split('.'));
}

function isMore(one: Field, other: Field): boolean {
  const [first, second] = [amountOf(one), amountOf(other)];
  return first !== undefined && second !== undefined && first > second;
}

function amountOf({ value }: Field): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const quantity = parseQuantity(String(value));
  return quantity.ok ? quantity.value.amount : undefined;
}

function valueText(field: Field): string {
  return typeof field.value === 'string' ? JSON.stringify(field.value) : plain(field);
}
