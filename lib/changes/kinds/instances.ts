import { type ChangedPair, type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';

/** How many instances a database has, and on what they keep their files. */
export function instances(comparison: Comparison): Draft[] {
  return pairsOfKind(comparison, 'postgresql.cnpg.io', 'Cluster')
    .filter(isChanged)
    .flatMap((pair) => [
      ...count(pair),
      ...storage(pair, comparison.after.state.source !== undefined),
      ...walStorage(pair),
    ]);
}

function count(pair: ChangedPair): Draft[] {
  const [from, to] = [pair.before, pair.after].map((field) => field.at('spec', 'instances').number ?? 1);
  if (from === undefined || to === undefined || from === to) return [];
  const isFewer = to < from;
  return [
    {
      grade: isFewer ? 'steps' : 'routine',
      topic: 'data',
      what: 'instances',
      from: String(from),
      to: String(to),
      key: ['database', 'cnpg', 'instances'],
      sentence: isFewer
        ? `The database has ${to} ${to === 1 ? 'instance' : 'instances'} instead of ${from}: CloudNativePG deletes the others with their volumes.${to === 1 ? ' Nothing takes over any more while its node is away, and the volume that is left is the only copy apart from backups.' : ''}`
        : `The database has ${to} instances instead of ${from}: new ones copy everything from the primary.`,
      steps: isFewer ? ['See that the last backup is complete before merging.'] : [],
      pairs: [pair],
      fields: ['spec.instances'],
    },
  ];
}

function storage(pair: ChangedPair, isOurs: boolean): Draft[] {
  const ways = ['spec.storage.storageClass', 'spec.walStorage.storageClass'];
  return ways.flatMap((way): Draft[] => {
    const [from, to] = [pair.before, pair.after].map((field) => field.at(...way.split('.')).text);
    if (from === to || from === undefined || to === undefined) return [];
    const within = pair.namespace === undefined ? '' : ` --namespace ${pair.namespace}`;
    return [
      {
        grade: 'steps',
        topic: 'data',
        what: 'storageClass',
        from,
        to,
        key: ['database', 'cnpg', way.includes('wal') ? 'walStorage' : 'storage', 'storageClass'],
        sentence: `The storage class ${to} counts only for instances that are made from now on: those that exist stay on ${from}.`,
        steps: [
          ...(isOurs
            ? [
                `The guard against deletion keeps the claim of each instance until it is annotated: kubectl annotate pvc ${pair.name}-<number>${within} immich-cdk8s/delete=allowed`,
              ]
            : []),
          `To move: for one replica after the other kubectl cnpg destroy ${pair.name} <number>${within}, wait until the new one is ready; then kubectl cnpg promote, and the last one.`,
        ],
        pairs: [pair],
        fields: [way],
      },
    ];
  });
}

function walStorage(pair: ChangedPair): Draft[] {
  if (pair.before.at('spec', 'walStorage').exists || !pair.after.at('spec', 'walStorage').exists) return [];
  return [
    {
      grade: 'steps',
      topic: 'data',
      what: 'walStorage',
      from: 'nothing',
      to: pair.after.at('spec', 'walStorage', 'size').text ?? 'volume',
      key: ['database', 'cnpg', 'walStorage'],
      sentence:
        'The write-ahead log gets volumes of its own: the instances restart one after the other, and walStorage can never be taken out again.',
      steps: ['Be sure of class and size: it only grows.'],
      pairs: [pair],
      fields: ['spec.walStorage'],
    },
  ];
}
