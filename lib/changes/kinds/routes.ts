import { type EntranceView, entrances } from '../../manifests/views/entrances.ts';
import { type Comparison, type Draft, isChanged, type Side } from '../comparison.ts';
import type { Pair } from '../pairs.ts';
import { certificates } from './certificates.ts';
import { doors } from './doors.ts';
import { authentication } from './logins.ts';
import { admissionOf } from './policy-doors.ts';

/** How browsers and phones reach Immich: hosts, certificates, what asks for a login before Immich, limits. */
export function routes(comparison: Comparison): Draft[] {
  if (!comparison.pairs.some(({ kind }) => routing.has(kind))) return [];
  const [before, after] = [doorsIn(comparison.before), doorsIn(comparison.after)];
  const manifests = new Set([...before, ...after].map(({ route }) => route.manifest));
  const pairs = comparison.pairs.filter(
    (pair) =>
      pair.kind === 'Certificate' ||
      [pair.before, pair.after].some((field) => field !== undefined && manifests.has(field.manifest)),
  );
  const own = pairs.filter(({ kind }) => kind !== 'Certificate');
  const isOurs = comparison.after.state.source !== undefined;
  const moved = doors(isOurs ? [...own, ...comparison.pairs.filter(isPartOfDoor)] : own, {
    before,
    after,
    admission: admissionOf(comparison),
  });
  return [
    ...moved,
    // Where no route is left, or there was none, whether the host answers is not for these manifests to say.
    ...(before.length === 0 || after.length === 0 ? [] : hosts(pairs, before, after)),
    ...authentication(own, before, after),
    ...(moved.length === 0 ? limits(own, before, after) : []),
    ...certificates(pairs, moved.length === 0 ? { before, after } : undefined),
  ];
}

const routing: ReadonlySet<string> = new Set([
  'IngressRoute',
  'Ingress',
  'HTTPRoute',
  'Certificate',
  'Middleware',
  'SecurityPolicy',
]);

/** What stands beside a route of ours, and comes and goes with it: its redirect and its middlewares. */
function isPartOfDoor(pair: Pair): boolean {
  return !isChanged(pair) && ['IngressRoute', 'Middleware'].includes(pair.kind);
}

function doorsIn(side: Side): EntranceView[] {
  return [...side.inventories.values()].flatMap(entrances);
}

function hosts(
  pairs: readonly Pair[],
  before: readonly EntranceView[],
  after: readonly EntranceView[],
): Draft[] {
  const [earlier, later] = [before, after].map((some) => new Set(some.flatMap((door) => door.hosts)));
  const gone = [...(earlier ?? [])].filter((host) => later?.has(host) !== true);
  const added = [...(later ?? [])].filter((host) => earlier?.has(host) !== true);
  if (pairs.length === 0 || (gone.length === 0 && added.length === 0)) return [];
  const now = added.join(', ');
  const kept = [...(later ?? [])].filter((host) => earlier?.has(host) === true);
  const isFurther = kept.length > 0;
  const isTraefik = after.some(({ route }) => route.manifest.object.kind === 'IngressRoute');
  return [
    {
      grade: 'steps',
      topic: 'traffic',
      what: 'host',
      from: gone.join(',') || 'nothing',
      to: added.join(',') || 'nothing',
      key: [isFurther ? 'hosts' : 'host'],
      sentence:
        gone.length === 0
          ? `Immich answers at ${now} too.`
          : `Immich no longer answers at ${gone.join(', ')}, but at ${now || kept.join(', ')}: phones stop uploading without a word until they are told, and shared links that were sent out lead nowhere.`,
      steps: [
        ...added
          .filter(isDnsName)
          .map(
            (host) =>
              `Make the DNS name ${host} lead to ${isTraefik ? 'Traefik' : 'what serves the route'} before merging.`,
          ),
        ...(gone.length === 0
          ? []
          : [
              `On every phone: log out, and in again at https://${addressOf(added[0] ?? kept[0] ?? '')}.`,
              'With OAuth: add the new redirect addresses (/auth/login, /user-settings) at the identity provider. Under Administration > Settings > Server, change the external domain.',
            ]),
      ],
      pairs,
      fields: ['spec.routes', 'spec.dnsNames', 'spec.rules', 'spec.tls', 'spec.hostnames'],
    },
  ];
}

/** A name without dots is that of a machine in a tailnet, which has the rest of it. */
function isDnsName(host: string): boolean {
  return host.includes('.');
}

function addressOf(host: string): string {
  return isDnsName(host) ? host : `${host}.<tailnet>.ts.net`;
}

/** How large or long an upload may be. */
function limits(
  pairs: readonly Pair[],
  before: readonly EntranceView[],
  after: readonly EntranceView[],
): Draft[] {
  const [earlier, later] = [limitsOf(before), limitsOf(after)];
  const names = [...new Set([...earlier.keys(), ...later.keys()])].filter(
    (name) => earlier.get(name) !== later.get(name),
  );
  const changed = pairs.filter(
    ({ before: was, after: is, differences }) =>
      was !== undefined &&
      is !== undefined &&
      differences.some(({ way }) => names.some((name) => way.includes(name))),
  );
  if (names.length === 0 || changed.length === 0) return [];
  const told = names.map(
    (name) => `${name} is ${later.get(name) ?? 'not said'} instead of ${earlier.get(name) ?? 'not said'}`,
  );
  return [
    {
      grade: 'steps',
      topic: 'traffic',
      what: 'limits',
      to: names.join(','),
      key: ['route'],
      sentence: `How large or long an upload may be changes: ${told.join('; ')}. What is over it is cut off, and phones try it again and again.`,
      steps: ['After merging: upload a large video from a phone.'],
      pairs: changed,
      fields: [...names.map((name) => `metadata.annotations.${name}`), 'spec.rules'],
    },
  ];
}

function limitsOf(some: readonly EntranceView[]): ReadonlyMap<string, string> {
  return new Map(some.flatMap((door) => [...door.limits]));
}
