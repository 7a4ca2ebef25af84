import type { Field } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import { parseQuantity } from '../../values/quantity.ts';
import { type ChangedPair, type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';
import { isSame } from '../difference.ts';
import { objectName } from '../pairs.ts';
import { drillKey, isOfDrill } from './drills.ts';
import { immutableFields } from './immutable-fields.ts';
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
    ...comparison.pairs.filter(isChanged).flatMap(draftImmutable),
  ];
}

// https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
const claimSize = 'spec.resources.requests.storage';

function claim(pair: ChangedPair, comparison: Comparison): Draft[] {
  const key = volumeOf(comparison, pair);
  const drill = isOfDrill(pair) ? drillKey : undefined;
  const at = (name: string) => (key === undefined ? drill && [...drill, name] : ['volumes', key, name]);
  const [before, after] = sizes(pair, claimSize);
  return [
    // A class that was not said is the default one of the cluster, which may be the one that is said now.
    ...(valueAt(pair.before, 'spec.storageClassName').exists
      ? draftFixed(pair, 'spec.storageClassName', 'claim', at('storageClass'))
      : []),
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
  return sources.flatMap((source) => draftFixed(pair, `spec.${source}`, 'volume', path));
}

// https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-v1/
const sources: readonly string[] = [
  'nfs',
  'csi',
  'hostPath',
  'local',
  'iscsi',
  'fc',
  'rbd',
  'cephfs',
  'azureFile',
  'azureDisk',
  'gcePersistentDisk',
  'awsElasticBlockStore',
];

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
    ...lostTablespaces(pair).map((name) =>
      refusal(pair, `spec.tablespaces[${name}]`, 'remove', key('tablespaces'), [
        `The tablespace ${name} is gone, but CloudNativePG cannot remove one.`,
        `Keep ${name}.`,
      ]),
    ),
  ];
}

function lostTablespaces({ before, after }: ChangedPair): string[] {
  const [earlier, later] = [before, after].map((field) =>
    field.at('spec', 'tablespaces').items.flatMap((one) => one.at('name').text ?? []),
  );
  return (earlier ?? []).filter((name) => later?.includes(name) !== true);
}

function draftImmutable(pair: ChangedPair): Draft[] {
  return immutableFields(pair).flatMap(({ way, usual }) =>
    draftFixed(pair, way, pair.kind, undefined, usual),
  );
}

function draftFixed(
  pair: ChangedPair,
  way: string,
  what: string,
  key: readonly string[] | undefined,
  usual?: Value,
): Draft[] {
  const [before, after] = sizes(pair, way);
  if (isSame(before.value ?? usual, after.value ?? usual)) return [];
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
    : holding.includes(what)
      ? `Keep ${kept}: Flux stops at the whole layer otherwise, and nothing but a new object beside this one has another.`
      : `Keep ${kept}; Flux stops at the whole layer otherwise. To change it, delete the object by hand first.`;
}

/** Kinds whose objects take data with them when they are deleted. */
const holding: readonly string[] = ['Cluster', 'Database', 'StatefulSet'];

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
