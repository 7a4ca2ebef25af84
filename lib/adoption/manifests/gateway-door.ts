import { type Field, isUnknown } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

const path = ['route', 'gateway'];

/** An HTTPRoute in the keys of `route.gateway`. */
export function gatewayPieces({ inventory }: Subject, route: Field): Piece[] {
  const parents = route.at('spec', 'parentRefs');
  const namespace = route.at('metadata', 'namespace').text;
  const named = parents.items.filter((parent) => (parent.at('kind').text ?? 'Gateway') === 'Gateway');
  const read = named.map((parent) => ({
    name: parent.at('name').text ?? '',
    namespace: parent.at('namespace').text ?? namespace ?? '',
    section: parent.at('sectionName').text,
  }));
  const isKnown = read.length > 0 && read.every(({ name, namespace }) => !isUnknown(name + namespace));
  const policies = inventory
    .all('gateway.envoyproxy.io', 'SecurityPolicy')
    .filter((policy) =>
      [policy.at('spec', 'targetRef'), ...policy.at('spec', 'targetRefs').items].some(
        (target) =>
          target.get('kind') === 'HTTPRoute' && target.get('name') === route.get('metadata', 'name'),
      ),
    );
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
        )
      : leaveOpen(
          [...path, 'parents'],
          'the Gateways, such as [{ name: external, namespace: network, section: https }]',
          [{ name: 'to-be-filled-in', namespace: 'network' }],
          placeOf(parents),
        ),
    ...policies.map((policy) =>
      remark(
        ['route'],
        'This SecurityPolicy names the HTTPRoute of today. Keep it, and let its targetRefs name the HTTPRoute "immich".',
        placeOf(policy),
      ),
    ),
  ];
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
