import type { EntranceView } from '../../manifests/views/entrances.ts';
import type { Draft } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/** Another program takes requests in: Traefik, a Gateway, a class of Ingress, or none that is described here. */
export function doors(
  pairs: readonly Pair[],
  before: readonly EntranceView[],
  after: readonly EntranceView[],
): Draft[] {
  const [from, to] = [namesOf(before), namesOf(after)];
  if (from.length === 0 || from.join() === to.join()) return [];
  const isNone = to.length === 0;
  return [
    {
      grade: 'steps',
      topic: 'traffic',
      what: 'door',
      from: from.join(','),
      to: isNone ? 'nothing' : to.join(','),
      key: ['route'],
      sentence: isNone
        ? `Immich is no longer reached by ${from.join(', ')}, nor by anything else that is described here: unless a way in of your own leads to its Service, phones stop uploading without a word.`
        : `Immich is reached by ${to.join(', ')} instead of ${from.join(', ')}: as long as DNS leads to the one before, nobody reaches it, and a login or a limit there no longer holds.`,
      steps: [
        isNone
          ? 'Before merging: see that your own way in leads to the Service, with a certificate that phones accept.'
          : 'Before merging: see that the new way in is there, has a certificate for the host, and know its address.',
        'After merging: let DNS lead to it, open Immich on a phone, and upload a large video.',
      ],
      pairs: pairs.filter(({ kind }) => routes.has(kind)),
      alone: pairs.filter(({ kind }) => kind === 'Middleware'),
    },
  ];
}

const routes: ReadonlySet<string> = new Set(['IngressRoute', 'Ingress', 'HTTPRoute']);

/** Who takes requests in, once each. */
function namesOf(some: readonly EntranceView[]): string[] {
  return [...new Set(some.map(nameOf))].sort();
}

function nameOf({ route }: EntranceView): string {
  switch (route.manifest.object.kind) {
    case 'HTTPRoute':
      return `Gateway ${route
        .at('spec', 'parentRefs')
        .items.flatMap((parent) => parent.at('name').text ?? [])
        .sort()
        .join(' and ')}`;
    case 'Ingress':
      return `Ingress ${route.at('spec', 'ingressClassName').text ?? ''}`.trim();
    default:
      return 'Traefik';
  }
}
