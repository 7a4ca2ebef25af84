import { type Field, isUnknown } from '../../manifests/field.ts';
import { serverName, serverPort } from '../../names.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { type DoorView, doorsOf, proxiesOf } from './doors.ts';
import { gatewayPieces } from './gateway-door.ts';
import { ingressPieces, isTailscale, tailnetName, tailscalePieces } from './ingress-door.ts';
import { placeOf, withVariables } from './place.ts';
import { routeLossPieces } from './route-losses.ts';
import { outerServicePieces } from './service-door.ts';
import { isWrittenOut, type Subject } from './subject.ts';
import { traefikPieces } from './traefik-door.ts';
import { type TunnelView, tunnelsTo } from './tunnels.ts';

/** The host, further hosts, and the section `route`: the ways in that are there today. */
export function routePieces(subject: Subject): Piece[] {
  const { first, same, left } = doorsOf(subject);
  const doors = first === undefined ? [] : [first, ...same];
  const tunnels = tunnelsTo(subject);
  const service = outerServicePieces(subject);
  return [
    ...hostPieces(doors, first === undefined ? tunnels : []),
    ...doorPieces(subject, doors, tunnels.length > 0 || service.length > 0),
    ...doors.flatMap(({ route }) => routeLossPieces(subject, route)),
    ...left.map(leftPiece),
    ...service,
    ...tunnels.map(({ from, service }) => tunnelRemark(from, service)),
    ...clientPieces(doors, left, tunnels),
  ];
}

function hostPieces(doors: readonly DoorView[], tunnels: readonly TunnelView[]): Piece[] {
  const hosts = [
    ...doors.flatMap(({ route, hosts }) =>
      hosts.map((host) => ({ host, place: () => placeOf(hostField(route, host)) })),
    ),
    ...tunnels.flatMap(({ hosts, from }) => hosts.map((host) => ({ host, place: () => placeOf(from) }))),
  ];
  const known = hosts.filter(({ host }) => !isUnknown(host) && /^[^*]+\.[^*]+$/.test(host));
  const [first] = known;
  const others = known.filter(
    ({ host }, index) => host !== first?.host && known.findIndex((one) => one.host === host) === index,
  );
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
        : withVariables(['host'], written.host, written.place(), open),
    ];
  }
  return [
    take(['host'], first.host, first.place()),
    ...(others[0] === undefined
      ? []
      : [
          take(
            ['hosts'],
            others.map(({ host }) => ({ host })),
            others[0].place(),
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

/** @param isReached Whether something else leads to the Service, so that nothing is missing where no route does. */
function doorPieces(subject: Subject, doors: readonly DoorView[], isReached: boolean): Piece[] {
  const routes = doors.map(({ route }) => route);
  const [route] = routes;
  switch (route?.manifest.object.kind) {
    case 'IngressRoute':
      return traefikPieces(subject, route);
    case 'Ingress':
      return isTailscale(route) ? tailscalePieces(route) : ingressPieces(route);
    case 'HTTPRoute':
      return gatewayPieces(subject, routes);
    default:
      return [
        take(
          ['route', 'none'],
          {},
          undefined,
          isReached
            ? `No IngressRoute, Ingress or HTTPRoute leads to Immich in these files; the Service ${serverName} has port ${serverPort.number}.`
            : `No IngressRoute, Ingress or HTTPRoute leads to Immich in these files. Write traefik, gateway or ingress in place of none, or lead your own door to the Service ${serverName}, port ${serverPort.number}.`,
        ),
      ];
  }
}

/** Where dist has no door, it does not know who comes in by yours. */
export const clientsPiece: Piece = leaveOpen(
  ['network', 'clients'],
  "who connects to the server, such as [{ from: { namespace: network }, why: 'the proxy' }]",
  [{ from: { namespace: 'network' }, why: 'to be filled in' }],
);

/** The policies of dist let in what its own door needs; whoever comes by another one has to be named. */
function clientPieces(
  doors: readonly DoorView[],
  left: readonly DoorView[],
  tunnels: readonly TunnelView[],
): Piece[] {
  const own = new Set(doors.flatMap(({ route }) => proxiesOf(route)));
  const clients = new Map([
    ...left.flatMap(({ route }) => {
      const why = `the ${route.manifest.object.kind} ${route.at('metadata', 'name').text ?? ''}`;
      return proxiesOf(route).map((namespace) => [namespace, why] as const);
    }),
    ...tunnels.flatMap(({ namespace }) =>
      namespace === undefined ? [] : [[namespace, 'the tunnel'] as const],
    ),
  ]);
  const named = [...clients].filter(([namespace]) => !own.has(namespace) && !isUnknown(namespace));
  if (named.length === 0) return doors.length === 0 ? [clientsPiece] : [];
  return [
    take(
      ['network', 'clients'],
      named.map(([namespace, why]) => ({ from: { namespace }, why })),
    ),
  ];
}

/** An installation has one door. */
function leftPiece({ route, isWhole, guards }: DoorView): Piece {
  const { kind } = route.manifest.object;
  const differences = [
    ...(isWhole ? [] : ['lets only some paths in']),
    ...(guards.length === 0 ? [] : [`has a login (${guards.join(', ')})`]),
  ];
  const about = differences.length === 0 ? '' : `, which ${differences.join(' and ')},`;
  const keep = isWrittenOut(route.manifest)
    ? 'leave its file where it is, and lead it'
    : 'write it as a file of its own, since the chart that makes it goes, and lead it';
  return remark(
    ['route'],
    `The ${kind} ${route.at('metadata', 'name').text ?? ''}${about} was not carried over: an installation has one door. To keep it, ${keep} to the Service ${serverName}, port ${serverPort.number}; network.clients lets its proxy in.`,
    placeOf(route),
  );
}

function tunnelRemark(from: Field, service: string): Piece {
  return remark(
    ['route'],
    `The tunnel leads to the Service ${service}. Lead it to ${serverName}, port ${serverPort.number}, in the second commit; network.clients lets it in.`,
    placeOf(from),
  );
}
