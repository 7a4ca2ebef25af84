import { doorNamespacesOf } from '../../installation/door.ts';
import type { Field } from '../../manifests/field.ts';
import { type EntranceView, entrances } from '../../manifests/views/entrances.ts';
import { isTailscale } from './ingress-door.ts';
import type { Subject } from './subject.ts';

/** A way in that is there today: an IngressRoute, Ingress or HTTPRoute with all of its rules that lead to Immich. */
export interface DoorView {
  readonly route: Field;
  readonly hosts: readonly string[];
  /** Whether it lets every request in; one for links that are shared alone does not. */
  readonly isWhole: boolean;
  /** What asks for a login before Immich, by name. */
  readonly guards: readonly string[];
}

/** The ways in of today, as far as an installation has them. */
export interface Doors {
  /** The one that the section `route` describes. */
  readonly first: DoorView | undefined;
  /** Further ones of the same kind that differ in hosts or Gateways alone, which are one in dist. */
  readonly same: readonly DoorView[];
  /** Those that dist does not have. */
  readonly left: readonly DoorView[];
}

/** The ways in to this Immich: those in its namespace, or where there is none, those that lead to it from elsewhere. */
export function doorsOf({ inventory, namespace }: Subject): Doors {
  const all = doorsIn(entrances(inventory));
  const near = all.filter(({ route }) => route.at('metadata', 'namespace').text === namespace);
  const rank = ({ route, isWhole }: DoorView) =>
    Number(isRedirect(route)) * 4 + Number(!isWhole) * 2 + Number(isTailscale(route));
  const [first, ...others] = [...(near.length > 0 ? near : all)].sort(
    (one, other) => rank(one) - rank(other),
  );
  if (first === undefined) return { first, same: [], left: [] };
  const same = others.filter((one) => isSame(first, one));
  return { first, same, left: others.filter((one) => !same.includes(one) && !isRedirect(one.route)) };
}

function doorsIn(views: readonly EntranceView[]): DoorView[] {
  const objects = [...new Set(views.map(({ route }) => route.manifest.object))];
  return objects.flatMap((object) => {
    const rules = views.filter(({ route }) => route.manifest.object === object);
    const [one] = rules;
    return one === undefined
      ? []
      : [
          {
            route: one.route,
            hosts: [...new Set(rules.flatMap(({ hosts }) => hosts))],
            isWhole: rules.some(({ match }) => match === ''),
            guards: [...new Set(rules.flatMap(({ guards }) => guards))].sort(),
          },
        ];
  });
}

/** Whether a route does nothing but lead from HTTP to HTTPS. */
function isRedirect(route: Field): boolean {
  return /redirect/.test(route.at('metadata', 'name').text ?? '');
}

/** Whether two ways in differ in nothing but where they are asked. */
function isSame(one: DoorView, other: DoorView): boolean {
  return (
    one.isWhole === other.isWhole &&
    one.guards.join() === other.guards.join() &&
    one.route.manifest.object.kind === other.route.manifest.object.kind &&
    settingsOf(one.route) === settingsOf(other.route)
  );
}

/** All of a way in that would be lost or spread where two are made one. */
function settingsOf(route: Field): string {
  switch (route.manifest.object.kind) {
    case 'Ingress': {
      const annotations = Object.entries(route.at('metadata', 'annotations').labels).filter(
        ([name]) => !/^(cert-manager\.io|external-dns\.|meta\.helm\.sh|kustomize\.toolkit)/.test(name),
      );
      const issuers = Object.entries(route.at('metadata', 'annotations').labels).filter(([name]) =>
        /^cert-manager\.io\/(cluster-)?issuer$/.test(name),
      );
      // One certificate has all hosts: an issuer makes it, while one that is there is for its own alone.
      const certificates =
        issuers.length > 0 ? issuers : route.at('spec', 'tls').items.map((one) => one.get('secretName'));
      return JSON.stringify([route.get('spec', 'ingressClassName'), annotations.sort(), certificates]);
    }
    case 'IngressRoute':
      return JSON.stringify([
        route.get('spec', 'entryPoints'),
        route.get('spec', 'tls'),
        route.at('spec', 'routes').items.map((rule) => rule.get('middlewares')),
      ]);
    default:
      return '';
  }
}

/** Where the proxies of a way in run, as far as it tells that. */
export function proxiesOf(route: Field): string[] {
  const { kind } = route.manifest.object;
  if (kind === 'HTTPRoute') {
    const own = route.at('metadata', 'namespace').text;
    const named = route
      .at('spec', 'parentRefs')
      .items.flatMap((one) => one.at('namespace').text ?? own ?? []);
    return [...new Set(named)];
  }
  if (isTailscale(route)) return ['tailscale'];
  const name = kind === 'IngressRoute' ? 'traefik' : (route.at('spec', 'ingressClassName').text ?? '');
  return [...doorNamespacesOf({ kind: 'ingress', class: name, annotations: {}, namespaces: [] })];
}
