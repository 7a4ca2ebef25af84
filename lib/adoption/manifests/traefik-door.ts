import { Field } from '../../manifests/field.ts';
import { loginIn } from '../../manifests/views/routes.ts';
import { routeName } from '../../names.ts';
import { type Piece, remark, take } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** An IngressRoute of Traefik in the keys of `route`. */
export function traefikPieces({ inventory, namespace }: Subject, route: Field): Piece[] {
  const rules = route.at('spec', 'routes').items;
  const middlewares = rules.flatMap((rule) => rule.at('middlewares').items).filter((one) => !isOurs(one));
  const logins = middlewares.filter((one) => isLogin(inventory, one, namespace));
  const others = middlewares.filter((one) => !logins.includes(one));
  const isHere = (one: Field) => (one.at('namespace').text ?? namespace) === namespace;
  const [login] = logins.filter(isHere);
  const kept = [...new Set(others.filter(isHere).flatMap((one) => one.at('name').text ?? []))];
  return [
    ...certificatePieces(inventory, route.at('spec', 'tls', 'secretName'), namespace),
    ...(login === undefined ? [] : pieceOf(['route', 'authentication', 'middleware'], login.at('name'))),
    ...(kept.length === 0 || others[0] === undefined
      ? []
      : [take(['route', 'middlewares'], kept, placeOf(others[0]))]),
    ...timeoutPieces(inventory),
    ...middlewares
      .filter((one) => !isHere(one))
      .map((one) =>
        remark(
          ['route'],
          `The middleware ${one.at('name').text ?? ''} in the namespace ${one.at('namespace').text ?? ''} was not carried over: name one in Immich's own namespace.`,
          placeOf(one),
        ),
      ),
  ];
}

function isOurs(reference: Field): boolean {
  return [`${routeName}-headers`, `${routeName}-redirect`].includes(reference.at('name').text ?? '');
}

function isLogin(inventory: Subject['inventory'], reference: Field, namespace: string | undefined): boolean {
  const { manifest } =
    inventory.find(
      'traefik.io',
      'Middleware',
      reference.at('namespace').text ?? namespace,
      reference.at('name').text ?? '',
    ) ?? {};
  return manifest !== undefined && loginIn(inventory, Field.of(manifest)) !== undefined;
}

/** The read timeout of k3s's own Traefik, where it is dist that sets it. */
function timeoutPieces(inventory: Subject['inventory']): Piece[] {
  return inventory
    .all('helm.cattle.io', 'HelmChartConfig')
    .filter(
      (one) =>
        one.get('metadata', 'name') === 'traefik' && one.get('metadata', 'labels', partOf) === 'immich',
    )
    .map((one) => take(['route', 'traefik', 'k3s'], true, placeOf(one)));
}

const partOf = 'app.kubernetes.io/part-of';

/** The issuer of the Certificate that fills the Secret, or the Secret itself. */
function certificatePieces(
  inventory: Subject['inventory'],
  secret: Field,
  namespace: string | undefined,
): Piece[] {
  if (secret.text === undefined) return [];
  const certificate = inventory
    .all('cert-manager.io', 'Certificate')
    .find(
      (one) =>
        one.get('spec', 'secretName') === secret.text && one.at('metadata', 'namespace').text === namespace,
    );
  if (certificate === undefined) return pieceOf(['route', 'certificate', 'secret'], secret);
  const issuer = certificate.at('spec', 'issuerRef');
  const key = issuer.at('kind').text === 'ClusterIssuer' ? 'clusterIssuer' : 'issuer';
  return pieceOf(['route', 'certificate', key], issuer.at('name'));
}
