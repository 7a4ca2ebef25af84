import type { Field } from '../../manifests/field.ts';
import { type Comparison, type Draft, pairsOfKind } from '../comparison.ts';

/** Secrets that come from a store, come from another entry of it, or from none any more. */
export function externalSecrets(comparison: Comparison): Draft[] {
  return pairsOfKind(comparison, 'external-secrets.io', 'ExternalSecret').flatMap((pair): Draft[] => {
    const [from, to] = [sourcesOf(pair.before), sourcesOf(pair.after)];
    if (from === to) return [];
    const target = (pair.after ?? pair.before)?.at('spec', 'target', 'name').text ?? pair.name;
    const secret = `${pair.namespace ?? ''}/${target}`;
    const common = {
      grade: 'steps',
      topic: 'secrets',
      what: 'store',
      pairs: [pair],
      ...(pair.before === undefined || pair.after === undefined
        ? {}
        : { fields: ['spec.data', 'spec.dataFrom', 'spec.secretStoreRef'] }),
    } as const;
    if (to === undefined) {
      const keeps = pair.before?.get('spec', 'target', 'creationPolicy') === 'Orphan';
      return [
        {
          ...common,
          to: 'nothing',
          sentence: `The Secret ${secret} comes from no store any more${keeps ? '; it stays as it is, and nobody renews it' : ', and is deleted where the ExternalSecret owns it'}.`,
          steps: keeps ? [] : ['Before merging: make sure that another one of its name is made.'],
        },
      ];
    }
    return [
      {
        ...common,
        to,
        sentence: `The Secret ${secret} is filled from ${to}${from === undefined ? '' : ` instead of ${from}`}: what stands there replaces what is in it.`,
        steps: [
          'Before merging: write the same values there, the password of a running database and the one of restic repositories above all.',
        ],
      },
    ];
  });
}

/** The store and its entries, as people say it. */
function sourcesOf(field: Field | undefined): string | undefined {
  if (field === undefined) return undefined;
  const store = field.at('spec', 'secretStoreRef', 'name').text ?? '';
  const entries = [
    ...field.at('spec', 'data').items.map((item) => item.at('remoteRef')),
    ...field.at('spec', 'dataFrom').items.map((item) => item.at('extract')),
  ].map((one) => [one.at('key').text, one.at('property').text].filter(Boolean).join('.'));
  return `${store}: ${[...new Set(entries)].sort().join(', ')}`;
}
