import { serverServices } from '../../manifests/views/routes.ts';
import { type Piece, remark } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

const path = ['server', 'service'];

/** A Service by which the server is reached from outside, past every route. */
export function outerServicePieces({ inventory, namespace }: Subject): Piece[] {
  const servers = serverServices(inventory);
  const [service] = inventory.services.flatMap((one) =>
    one.field !== undefined &&
    one.namespace === namespace &&
    servers.has(`${namespace ?? ''}/${one.name}`) &&
    ['LoadBalancer', 'NodePort'].includes(one.field.at('spec', 'type').text ?? '')
      ? [one.field]
      : [],
  );
  if (service === undefined) return [];
  const spec = service.at('spec');
  const isKept =
    spec.at('loadBalancerIP').exists || spec.at('ports').items.some((one) => one.at('nodePort').exists);
  return [
    ...pieceOf([...path, 'type'], spec.at('type')),
    ...pieceOf([...path, 'loadBalancerClass'], spec.at('loadBalancerClass')),
    ...pieceOf([...path, 'loadBalancerSourceRanges'], spec.at('loadBalancerSourceRanges')),
    ...service
      .at('metadata', 'annotations')
      .entries.filter(([name]) => !/^(meta\.helm\.sh|helm\.sh|kustomize\.toolkit\.fluxcd\.io)\//.test(name))
      .flatMap(([name, value]) => pieceOf([...path, 'annotations', name], value)),
    ...(isKept
      ? [
          remark(
            path,
            'The fixed address or port of the Service has no key. A patch of the Service immich-server keeps it: patches in docs/reference.md.',
            placeOf(spec.at('loadBalancerIP').exists ? spec.at('loadBalancerIP') : spec.at('ports')),
          ),
        ]
      : []),
  ];
}
