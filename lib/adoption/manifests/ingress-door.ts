import type { Field } from '../../manifests/field.ts';
import { leaveOpen, type Piece, take } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';

/** An Ingress in the keys of `route`. */
export function ingressPieces(ingress: Field): Piece[] {
  const annotations = ingress.at('metadata', 'annotations');
  const name = ingress.at('spec', 'ingressClassName');
  const old = annotations.at('kubernetes.io/ingress.class');
  const issuer = annotations.at('cert-manager.io/cluster-issuer');
  const local = annotations.at('cert-manager.io/issuer');
  const secret = ingress.at('spec', 'tls', 0, 'secretName');
  const [certificate] = (
    [
      ['clusterIssuer', issuer],
      ['issuer', local],
      ['secret', secret],
    ] as const
  ).filter(([, field]) => field.exists);
  return [
    ...(certificate === undefined ? [] : pieceOf(['route', 'certificate', certificate[0]], certificate[1])),
    ...pieceOf(['route', 'ingress', 'class'], name.exists ? name : old, {
      what: 'the IngressClass: kubectl get ingressclass shows which one is the default',
      standIn: 'nginx',
    }),
    ...annotations.entries
      .filter(
        ([key]) =>
          !/^(cert-manager\.io|kubernetes\.io|meta\.helm\.sh|kustomize\.toolkit\.fluxcd\.io)\//.test(key),
      )
      .flatMap(([key, value]) => pieceOf(['route', 'ingress', 'annotations', key], value)),
  ];
}

/** Whether an Ingress is a machine of a tailnet: https://tailscale.com/kb/1439/kubernetes-operator-cluster-ingress */
export function isTailscale(route: Field): boolean {
  return route.at('spec', 'ingressClassName').text === 'tailscale';
}

/** The name of that machine, where it is said. */
export function tailnetName(route: Field): string | undefined {
  const host = route.at('spec', 'tls', 0, 'hosts', 0).text;
  return isTailscale(route) ? host?.split('.')[0] : undefined;
}

/** An Ingress of Tailscale's operator in the keys of `route.tailscale`. */
export function tailscalePieces(ingress: Field): Piece[] {
  const path = ['route', 'tailscale', 'hostname'];
  const name = tailnetName(ingress);
  const place = ingress.at('spec', 'tls', 0, 'hosts', 0);
  return [
    name === undefined
      ? leaveOpen(path, 'the name of the machine in the tailnet', 'photos', placeOf(ingress))
      : take(path, name, placeOf(place)),
  ];
}
