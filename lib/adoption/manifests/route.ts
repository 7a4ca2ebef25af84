import type { Field } from '../../manifests/field.ts';
import { isUnknown } from '../../manifests/field.ts';
import { entrances } from '../../manifests/views/entrances.ts';
import { routeName } from '../../names.ts';
import { type Piece, remark, taken, unknown } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** The host, and the section `route`. */
export function routePieces(subject: Subject): Piece[] {
  const doors = doorsOf(subject);
  const hosts = doors.flatMap(({ route, hosts }) => hosts.map((host) => ({ route, host })));
  const known = hosts.filter(({ host }) => !isUnknown(host) && !host.includes('*') && host !== '');
  const [first] = known;
  const others = known.filter(({ host }) => host !== first?.host);
  return [
    first === undefined
      ? unknown(
          ['host'],
          'the DNS name under which Immich is reached now',
          'photos.example.com',
          hosts[0] === undefined ? undefined : placeOf(hosts[0].route),
        )
      : taken(['host'], first.host, placeOf(hostField(first.route, first.host))),
    ...onceEach(others.map(({ host, route }) => [host, route])).map(([host, route]) =>
      remark(
        [],
        `The further host ${host} was not carried over: a file has one host yet.`,
        placeOf(hostField(route, host)),
      ),
    ),
    ...doorPieces(subject, doors[0]?.route),
  ];
}

type Door = ReturnType<typeof entrances>[number];

/** The entrances of this Immich: those in its namespace, or where there is none, those that lead to it from elsewhere. */
function doorsOf({ inventory, namespace }: Subject): Door[] {
  const all = entrances(inventory);
  const near = all.filter(({ route }) => route.at('metadata', 'namespace').text === namespace);
  // What only redirects to HTTPS comes last.
  const isRedirect = ({ route }: Door) => /redirect/.test(route.at('metadata', 'name').text ?? '');
  return [...(near.length > 0 ? near : all)].sort(
    (one, other) => Number(isRedirect(one)) - Number(isRedirect(other)),
  );
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

function onceEach(pairs: readonly (readonly [string, Field])[]): (readonly [string, Field])[] {
  return [...new Map(pairs)];
}

function doorPieces(subject: Subject, route: Field | undefined): Piece[] {
  switch (route?.manifest.object.kind) {
    case undefined:
      return [
        remark(
          ['route'],
          'No IngressRoute, Ingress or HTTPRoute leads to Immich here. dist makes an IngressRoute of Traefik.',
        ),
      ];
    case 'IngressRoute':
      return ingressRoutePieces(subject, route);
    case 'Ingress':
      return ingressPieces(route);
    default:
      return [
        remark(
          ['route'],
          `The ${route?.manifest.object.kind ?? 'route'} was not carried over: dist makes an IngressRoute of Traefik. To keep yours, leave its file where it is, and let it lead to the Service immich-server, port 2283.`,
          route === undefined ? undefined : placeOf(route),
        ),
      ];
  }
}

function ingressRoutePieces({ inventory, namespace }: Subject, route: Field): Piece[] {
  const secret = route.at('spec', 'tls', 'secretName');
  const rules = route.at('spec', 'routes').items;
  const named = rules.flatMap((rule) => rule.at('middlewares').items);
  const middlewares = named.filter((one) => !isOurs(one.at('name').text));
  const logins = middlewares.filter((one) => isLogin(inventory, one, namespace));
  const others = middlewares.filter((one) => !logins.includes(one));
  const isHere = (one: Field) => (one.at('namespace').text ?? namespace) === namespace;
  const [login] = logins.filter(isHere);
  const elsewhere = middlewares.filter((one) => !isHere(one));
  const kept = [...new Set(others.filter(isHere).flatMap((one) => one.at('name').text ?? []))];
  return [
    ...certificatePieces(inventory, secret, namespace),
    ...(login === undefined ? [] : pieceOf(['route', 'authentication', 'middleware'], login.at('name'))),
    ...(kept.length === 0 || others[0] === undefined
      ? []
      : [taken(['route', 'middlewares'], kept, placeOf(others[0]))]),
    ...traefikPieces(inventory),
    ...elsewhere.map((one) =>
      remark(
        ['route'],
        `The middleware ${one.at('name').text ?? ''} in the namespace ${one.at('namespace').text ?? ''} was not carried over: name one in Immich's own namespace.`,
        placeOf(one),
      ),
    ),
  ];
}

/** The read timeout of k3s's own Traefik, where it is dist that sets it. */
function traefikPieces(inventory: Subject['inventory']): Piece[] {
  return inventory
    .all('helm.cattle.io', 'HelmChartConfig')
    .filter(
      (one) =>
        one.get('metadata', 'name') === 'traefik' && one.get('metadata', 'labels', partOf) === 'immich',
    )
    .map((one) => taken(['route', 'traefik', 'k3s'], true, placeOf(one)));
}

const partOf = 'app.kubernetes.io/part-of';

function isOurs(name: string | undefined): boolean {
  return [`${routeName}-headers`, `${routeName}-redirect`].includes(name ?? '');
}

function isLogin(inventory: Subject['inventory'], reference: Field, namespace: string | undefined): boolean {
  const { manifest } =
    inventory.find(
      'traefik.io',
      'Middleware',
      reference.at('namespace').text ?? namespace,
      reference.at('name').text ?? '',
    ) ?? {};
  const spec = manifest?.object['spec'];
  return (
    typeof spec === 'object' &&
    spec !== null &&
    ['forwardAuth', 'basicAuth', 'digestAuth'].some((kind) => kind in spec)
  );
}

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

function ingressPieces(ingress: Field): Piece[] {
  const annotations = ingress.at('metadata', 'annotations');
  const issuer = annotations.at('cert-manager.io/cluster-issuer');
  const local = annotations.at('cert-manager.io/issuer');
  const secret = ingress.at('spec', 'tls', 0, 'secretName');
  const className =
    ingress.at('spec', 'ingressClassName').text ?? annotations.at('kubernetes.io/ingress.class').text;
  const certificate = issuer.exists
    ? pieceOf(['route', 'certificate', 'clusterIssuer'], issuer)
    : local.exists
      ? pieceOf(['route', 'certificate', 'issuer'], local)
      : secret.exists
        ? pieceOf(['route', 'certificate', 'secret'], secret)
        : [];
  return [
    ...certificate,
    remark(
      ['route'],
      `The Ingress of class ${className ?? 'that is the default'} becomes an IngressRoute of Traefik. To keep yours, leave its file where it is, and let it lead to the Service immich-server, port 2283.`,
      placeOf(ingress),
    ),
  ];
}
