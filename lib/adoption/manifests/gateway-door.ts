import { type Field, isUnknown } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { leaveOpen, type Piece, take } from '../piece.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

const path = ['route', 'gateway'];

/**
 * HTTPRoutes in the keys of `route.gateway`, which dist makes one of.
 *
 * @param routes The one that counts comes first.
 */
export function gatewayPieces({ inventory }: Subject, routes: readonly Field[]): Piece[] {
  const [route] = routes;
  if (route === undefined) return [];
  const parents = route.at('spec', 'parentRefs');
  const all = routes.flatMap(parentsOf);
  const read = all.filter(
    (one, index) => all.findIndex((other) => JSON.stringify(one) === JSON.stringify(other)) === index,
  );
  const isKnown = read.length > 0 && read.every(({ name, namespace }) => !isUnknown(name + namespace));
  const program = classPiece(inventory, read[0], route);
  return [
    program,
    // Its proxy is no pod, so that only a policy of its own can name it.
    ...(program.kind === 'taken' && program.value === 'cilium'
      ? [take(['network', 'flavor'], 'cilium', program.from)]
      : []),
    isKnown
      ? take(
          [...path, 'parents'],
          read.map(({ name, namespace, section }) => ({
            name,
            namespace,
            ...(section === undefined ? {} : { section }),
          })),
          placeOf(parents),
          routes.length === 1
            ? undefined
            : 'The HTTPRoutes of today are one in dist: each Gateway answers for every host.',
        )
      : leaveOpen(
          [...path, 'parents'],
          'the Gateways, such as [{ name: external, namespace: network, section: https }]',
          [{ name: 'to-be-filled-in', namespace: 'network' }],
          placeOf(parents),
        ),
  ];
}

function parentsOf(route: Field) {
  const namespace = route.at('metadata', 'namespace').text;
  return route
    .at('spec', 'parentRefs')
    .items.filter((parent) => (parent.at('kind').text ?? 'Gateway') === 'Gateway')
    .map((parent) => ({
      name: parent.at('name').text ?? '',
      namespace: parent.at('namespace').text ?? namespace ?? '',
      section: parent.at('sectionName').text,
    }));
}

/** The program behind a Gateway: by its GatewayClass, or by the only one that is there. */
function classPiece(
  inventory: Inventory,
  parent: { readonly name: string; readonly namespace: string } | undefined,
  route: Field,
): Piece {
  const gateway = inventory
    .all('gateway.networking.k8s.io', 'Gateway')
    .find(
      (one) =>
        one.get('metadata', 'name') === parent?.name &&
        one.get('metadata', 'namespace') === parent?.namespace,
    );
  const named = gateway?.at('spec', 'gatewayClassName');
  const classes = inventory
    .all('gateway.networking.k8s.io', 'GatewayClass')
    .map((one) => one.at('metadata', 'name'));
  const candidates = named?.exists ? [named] : classes;
  const found = new Set(
    candidates.flatMap(({ text }) => programs.find((program) => text?.includes(program)) ?? []),
  );
  const [program] = found;
  const [place = route] = candidates;
  return program !== undefined && found.size === 1
    ? take([...path, 'class'], program, placeOf(place))
    : leaveOpen(
        [...path, 'class'],
        'the program behind the Gateway: envoy, cilium, istio, kgateway, traefik, nginx, gke or other',
        'envoy',
        placeOf(route.at('spec', 'parentRefs')),
      );
}

const programs = ['envoy', 'cilium', 'istio', 'kgateway', 'traefik', 'nginx', 'gke'];
