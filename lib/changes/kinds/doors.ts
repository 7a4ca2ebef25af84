import type { Field } from '../../manifests/field.ts';
import type { EntranceView } from '../../manifests/views/entrances.ts';
import { type Draft, isChanged } from '../comparison.ts';
import type { Pair } from '../pairs.ts';
import type { Admission } from './policy-doors.ts';

/** How people reach Immich in both states, and whom network policies let in because of it. */
export interface DoorsOfBoth {
  readonly before: readonly EntranceView[];
  readonly after: readonly EntranceView[];
  readonly admission: Admission;
}

/** Immich is reached by another program, or by another way into the same one: a Gateway, a class, entry points. */
export function doors(pairs: readonly Pair[], { before, after, admission }: DoorsOfBoth): Draft[] {
  const [from, to] = [doorsOf(before), doorsOf(after)];
  if (from.join() === to.join()) return [];
  const [first] = after;
  const told =
    first === undefined
      ? tellClosing(from)
      : from.length === 0
        ? tellOpening(to, first, admission)
        : tellMove(from, to, first);
  const policies = admission.groups.flatMap((group) => group.pairs);
  return [
    {
      grade: 'steps',
      topic: 'traffic',
      what: 'door',
      from: from.join(',') || 'nothing',
      to: to.join(',') || 'nothing',
      key: ['route'],
      pairs: [...pairs, ...policies],
      alone: policies,
      // An object that stays may change in other ways too, which others tell.
      fields: pairs.some((pair) => !isChanged(pair)) ? undefined : [...fields, ...policyFields],
      sentence: `${told.sentence}${tellAdmission(admission)}`,
      steps: told.steps,
    },
  ];
}

/** Whom the network policies let in, where they follow the door. */
function tellAdmission({ opened, closed, groups }: Admission): string {
  if (groups.length === 0) return '';
  if (opened.length === 0) return ` The network policies no longer let in ${listOf(closed)}.`;
  return ` The network policies let in ${listOf(opened)}${closed.length === 0 ? '' : `, and no longer ${listOf(closed)}`}.`;
}

function tellClosing(from: readonly string[]): Pick<Draft, 'sentence' | 'steps'> {
  return {
    sentence: `No route leads to Immich any more, and ${listOf(from)} no longer takes requests for it: it is reached only by what somebody else points at its Service, such as a tunnel, without a login, certificate or limit of a route. Phones stop uploading without a word where nothing does.`,
    steps: [
      'Before merging: make the tunnel or load balancer lead to the Service of the server, under the same host where phones shall notice nothing.',
      uploaded,
    ],
  };
}

function tellOpening(
  to: readonly string[],
  { hosts }: EntranceView,
  admission: Admission,
): Pick<Draft, 'sentence' | 'steps'> {
  const former = admission.closed.length === 0 ? ' What led to it before, such as a tunnel, still does.' : '';
  return {
    sentence: `A route leads to Immich from now on: ${listOf(to)} takes requests for ${listOf(hosts)}.${former}`,
    steps: [...nameHosts(hosts), uploaded],
  };
}

function tellMove(
  from: readonly string[],
  to: readonly string[],
  { hosts }: EntranceView,
): Pick<Draft, 'sentence' | 'steps'> {
  return {
    sentence: `Immich is reached by ${listOf(to)} instead of ${listOf(from)}: uploads that run break off once, and as long as DNS leads to the one before, nobody reaches it. A login or a limit there no longer holds, and where another certificate is shown, phones refuse it.`,
    steps: [
      ...nameHosts(hosts),
      'Set its limits on the size and the time of an upload, which stood at the former one.',
      uploaded,
    ],
  };
}

const uploaded = 'After merging: open Immich on a phone outside of the house, and upload a large video.';

/** A name without dots is that of a machine in a tailnet, which knows its address. */
function nameHosts(hosts: readonly string[]): string[] {
  const names = hosts.filter((host) => host.includes('.'));
  return names.length === 0
    ? []
    : [
        `Before merging: know the address that ${listOf(names)} has to lead to, and change the DNS name at once afterwards.`,
      ];
}

function doorsOf(entrances: readonly EntranceView[]): string[] {
  const encrypted = entrances.filter(({ route }) => !isPlain(route));
  const shown = encrypted.length > 0 ? encrypted : entrances;
  return [...new Set(shown.flatMap(({ route }) => doorsAt(route)))].sort();
}

/** Whether a route of Traefik is for HTTP, which usually does no more than send people to HTTPS. */
function isPlain(route: Field): boolean {
  return route.manifest.object.kind === 'IngressRoute' && !route.at('spec', 'tls').exists;
}

/** What lets people in by a route, in words. */
function doorsAt(route: Field): string[] {
  const { kind } = route.manifest.object;
  if (kind === 'HTTPRoute') {
    const own = route.at('metadata', 'namespace').text ?? '';
    return route
      .at('spec', 'parentRefs')
      .items.map(
        (parent) => `the Gateway ${parent.at('namespace').text ?? own}/${parent.at('name').text ?? ''}`,
      );
  }
  if (kind === 'Ingress') {
    const name = route.at('spec', 'ingressClassName').text ?? route.at('metadata', 'annotations').labels[old];
    return [name === undefined ? 'the default class of Ingress' : `the class ${name}`];
  }
  const points = route.at('spec', 'entryPoints').texts;
  return [points.length === 0 ? 'Traefik' : `Traefik at ${points.join(' and ')}`];
}

const old = 'kubernetes.io/ingress.class';

/** What a door that stays the same object is moved by, with the settings of the controllers. */
const fields = [
  'spec.entryPoints',
  'spec.ingressClassName',
  'spec.parentRefs',
  ...['kubernetes', 'nginx', 'traefik'].map((controller) => `metadata.annotations.${controller}`),
];

const policyFields = ['spec.ingress', 'spec.egress'];

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
