import type { EntranceView } from '../../manifests/views/entrances.ts';
import { type Draft, isChanged } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/**
 * Where the certificate that phones check comes from.
 *
 * @param doors The entrances in both states, where they are the same ones; those of another program have another anyway.
 */
export function certificates(
  pairs: readonly Pair[],
  doors: { readonly before: readonly EntranceView[]; readonly after: readonly EntranceView[] } | undefined,
): Draft[] {
  const own = pairs.filter((pair) => pair.kind === 'Certificate' || (isChanged(pair) && namesAnother(pair)));
  const gone = own.find((pair) => pair.kind === 'Certificate' && pair.after === undefined);
  const renewed = own.find(
    (pair) =>
      pair.kind === 'Certificate' && (pair.before === undefined || differsIn(pair, 'spec.secretName')),
  );
  const issued = own.find((pair) => isChanged(pair) && differsIn(pair, 'spec.issuerRef'));
  if (gone !== undefined && renewed === undefined) {
    return [
      draft(
        own,
        `The certificate ${gone.name} is no longer renewed: phones and browsers refuse Immich when it runs out, or at once where another is shown.`,
        ['After merging: open Immich on a phone.'],
      ),
    ];
  }
  if (renewed !== undefined) {
    return [
      draft(
        own,
        `The certificate is a new one (Certificate ${renewed.name}): until it is issued another one is shown, which phones refuse.`,
        [ready(renewed), 'Then open Immich on a phone.'],
      ),
    ];
  }
  if (issued !== undefined) {
    const issuer = issued.after?.at('spec', 'issuerRef');
    return [
      draft(
        own,
        `The certificate ${issued.name} is asked of another issuer (${issuer?.at('kind').text ?? 'Issuer'} ${issuer?.at('name').text ?? ''}): the present one is shown until that has answered, and phones refuse a certificate whose issuer they do not trust.`,
        [ready(issued), 'Then open Immich on a phone.'],
      ),
    ];
  }
  return doors === undefined ? [] : ofDoors(own, doors.before, doors.after);
}

/** The route itself names another certificate, or another entrance that has its own. */
function ofDoors(
  changed: readonly Pair[],
  before: readonly EntranceView[],
  after: readonly EntranceView[],
): Draft[] {
  const sources = (some: readonly EntranceView[]) => [
    ...new Set(some.map(({ certificate }) => certificate ?? 'that of the entrance')),
  ];
  const [from, to] = [sources(before), sources(after)];
  if (changed.length === 0 || from.length === 0 || from.join() === to.join()) return [];
  return [
    draft(
      changed,
      `The certificate is ${to.join(', ')} instead of ${from.join(', ')}: as long as that is not there, another one is shown, which phones refuse.`,
      ['After merging: open Immich on a phone.'],
    ),
  ];
}

function namesAnother({ differences }: Pair): boolean {
  return differences.some(({ way }) => /^spec\.(tls|parentRefs)|cert-manager\.io/.test(way));
}

function differsIn({ differences }: Pair, field: string): boolean {
  return differences.some(({ way }) => way.startsWith(field));
}

function ready({ name, namespace }: Pair): string {
  const place = namespace === undefined ? '' : ` --namespace ${namespace}`;
  return `After merging: kubectl get certificates.cert-manager.io ${name}${place} must say Ready.`;
}

function draft(pairs: readonly Pair[], sentence: string, steps: readonly string[]): Draft {
  return {
    grade: 'steps',
    topic: 'traffic',
    what: 'certificate',
    key: ['route', 'certificate'],
    sentence,
    steps,
    pairs,
    fields: [
      'spec.issuerRef',
      'spec.secretName',
      'spec.tls',
      'spec.parentRefs',
      'metadata.annotations.cert-manager.io/cluster-issuer',
      'metadata.annotations.cert-manager.io/issuer',
    ],
  };
}
