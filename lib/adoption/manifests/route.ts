import { type Field, isUnknown } from '../../manifests/field.ts';
import { type EntranceView, entrances } from '../../manifests/views/entrances.ts';
import { serverName, serverPort } from '../../names.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { gatewayPieces } from './gateway-door.ts';
import { ingressPieces, isTailscale, tailnetName, tailscalePieces } from './ingress-door.ts';
import { placeOf, withVariables } from './place.ts';
import type { Subject } from './subject.ts';
import { traefikPieces } from './traefik-door.ts';

/** The host, further hosts, and the section `route`: the way in that is there today. */
export function routePieces(subject: Subject): Piece[] {
  const doors = doorsOf(subject);
  const [door] = doors;
  const others = doors.filter(
    ({ route }) => door !== undefined && route !== door.route && !isRedirect(route),
  );
  return [...hostPieces(doors), ...doorPieces(subject, door?.route), ...onceEach(others).map(leftPiece)];
}

/** The entrances of this Immich: those in its namespace, or where there is none, those that lead to it from elsewhere. */
function doorsOf({ inventory, namespace }: Subject): EntranceView[] {
  const all = entrances(inventory);
  const near = all.filter(({ route }) => route.at('metadata', 'namespace').text === namespace);
  const rank = ({ route }: EntranceView) => Number(isRedirect(route)) * 2 + Number(isTailscale(route));
  return [...(near.length > 0 ? near : all)].sort((one, other) => rank(one) - rank(other));
}

/** Whether a route does nothing but lead from HTTP to HTTPS. */
function isRedirect(route: Field): boolean {
  return /redirect/.test(route.at('metadata', 'name').text ?? '');
}

function hostPieces(doors: readonly EntranceView[]): Piece[] {
  const hosts = doors.flatMap(({ route, hosts }) => hosts.map((host) => ({ route, host })));
  const known = hosts.filter(({ host }) => !isUnknown(host) && /^[^*]+\.[^*]+$/.test(host));
  const [first] = known;
  const others = [...new Set(known.map(({ host }) => host))].filter((host) => host !== first?.host);
  const [door] = doors;
  if (first === undefined) {
    const tailnet = door === undefined ? undefined : tailnetName(door.route);
    const [written] = hosts;
    const open = leaveOpen(
      ['host'],
      `the DNS name under which Immich is reached now${written === undefined || !isUnknown(written.host) ? '' : `, ${written.host} with its variables filled in`}`,
      tailnet === undefined ? 'photos.example.com' : `${tailnet}.tail1234.ts.net`,
      door === undefined ? undefined : placeOf(door.route),
    );
    return [
      written === undefined || tailnet !== undefined
        ? open
        : withVariables(['host'], written.host, placeOf(hostField(written.route, written.host)), open),
    ];
  }
  return [
    take(['host'], first.host, placeOf(hostField(first.route, first.host))),
    ...(others.length === 0
      ? []
      : [
          take(
            ['hosts'],
            others.map((host) => ({ host })),
            placeOf(known.find(({ host }) => host === others[0])?.route ?? first.route),
          ),
        ]),
  ];
}

/** Where a host is written in a route, or the route itself. */
function hostField(route: Field, host: string): Field {
  const candidates = [
    ...route.at('spec', 'hostnames').items,
    ...route.at('spec', 'rules').items.map((rule) => rule.at('host')),
    ...route.at('spec', 'routes').items.map((rule) => rule.at('match')),
  ];
  return candidates.find(({ text }) => text?.includes(host)) ?? route;
}

function doorPieces(subject: Subject, route: Field | undefined): Piece[] {
  switch (route?.manifest.object.kind) {
    case 'IngressRoute':
      return traefikPieces(subject, route);
    case 'Ingress':
      return isTailscale(route) ? tailscalePieces(route) : ingressPieces(route);
    case 'HTTPRoute':
      return gatewayPieces(subject, route);
    default:
      return [
        take(
          ['route', 'none'],
          {},
          undefined,
          `No IngressRoute, Ingress or HTTPRoute leads to Immich in these files. Write traefik, gateway or ingress in place of none, or lead your own door to the Service ${serverName}, port ${serverPort.number}.`,
        ),
        clientsPiece,
      ];
  }
}

/** Where dist has no door, it does not know who comes in by yours. */
export const clientsPiece: Piece = leaveOpen(
  ['network', 'clients'],
  "who connects to the server, such as [{ from: { namespace: network }, why: 'the proxy' }]",
  [{ from: { namespace: 'network' }, why: 'to be filled in' }],
);

/** An installation has one door. */
function leftPiece({ route }: EntranceView): Piece {
  const { kind } = route.manifest.object;
  return remark(
    ['route'],
    `The ${kind} ${route.at('metadata', 'name').text ?? ''} was not carried over: an installation has one door. To keep it, leave its file where it is, lead it to the Service ${serverName}, port ${serverPort.number}, and let it in by network.clients.`,
    placeOf(route),
  );
}

function onceEach(doors: readonly EntranceView[]): EntranceView[] {
  return doors.filter((one, index) => doors.findIndex(({ route }) => route === one.route) === index);
}
