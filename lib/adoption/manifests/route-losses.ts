import type { Field } from '../../manifests/field.ts';
import { serverServices } from '../../manifests/views/routes.ts';
import { routeName } from '../../names.ts';
import { quote } from '../../text/quoting.ts';
import { type Piece, remark } from '../piece.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** What of a way in is not carried over by any key, each with its reason. */
export function routeLossPieces(subject: Subject, route: Field): Piece[] {
  return [
    ...elsewherePieces(subject, route),
    ...(route.manifest.object.kind === 'HTTPRoute'
      ? [...filterPieces(route), ...annotationPieces(route), ...policyPieces(subject, route)]
      : []),
  ];
}

/** Rules that lead to another program, such as the outpost of a login. */
function elsewherePieces({ inventory }: Subject, route: Field): Piece[] {
  const servers = serverServices(inventory);
  const own = route.at('metadata', 'namespace').text;
  if (servers.size === 0) return [];
  const targets = [
    ...route.at('spec', 'routes').items.flatMap((rule) => rule.at('services').items),
    ...route
      .at('spec', 'rules')
      .items.flatMap((rule) => [
        ...rule.at('backendRefs').items,
        ...rule.at('http', 'paths').items.map((one) => one.at('backend', 'service')),
      ]),
  ];
  return targets
    .filter((one) => one.at('name').exists && one.at('kind').text !== 'TraefikService')
    .filter((one) => !servers.has(`${one.at('namespace').text ?? own ?? ''}/${one.at('name').text ?? ''}`))
    .map((one) =>
      remark(
        ['route'],
        `The rule that leads to ${one.at('name').text ?? ''} was not carried over: every path leads to Immich. Where it is part of a login, write a route of its own for it.`,
        placeOf(one),
      ),
    );
}

function filterPieces(route: Field): Piece[] {
  return route
    .at('spec', 'rules')
    .items.flatMap((rule) => rule.at('filters').items)
    .map((filter) => {
      const reference = filter.at('extensionRef');
      const what = reference.exists
        ? `${reference.at('kind').text ?? 'filter'} ${reference.at('name').text ?? ''}, which may be a login,`
        : `filter ${filter.at('type').text ?? ''}`;
      return remark(
        ['route'],
        `The ${what} was not carried over: the HTTPRoute of dist has no filters. Put it there by patches, as in docs/reference.md, before the switch.`,
        placeOf(filter),
      );
    });
}

/** What other programs read off the route, such as the one that makes its DNS name. */
function annotationPieces(route: Field): Piece[] {
  const names = ['annotations', 'labels']
    .flatMap((list) => route.at('metadata', list).entries.map(([name]) => name))
    .filter((name) => !/(^|[./])(helm\.sh|fluxcd\.io|kubernetes\.io)\//.test(name));
  return names.length === 0
    ? []
    : [
        remark(
          ['route'],
          `Annotations and labels of the HTTPRoute were not carried over: ${[...new Set(names)].join(', ')}. Where a program reads them, such as one that makes DNS names, put them there by patches.`,
          placeOf(route.at('metadata')),
        ),
      ];
}

/** Policies of the proxy for this route: a login, limits, who may come in. */
function policyPieces({ inventory }: Subject, route: Field): Piece[] {
  const [name, namespace] = ['name', 'namespace'].map((key) => route.at('metadata', key).text);
  const labels = route.at('metadata', 'labels').labels;
  return inventory.fields
    .filter(({ manifest }) => /Policy$/.test(manifest.object.kind))
    .filter((policy) => policy.at('metadata', 'namespace').text === namespace)
    .flatMap((policy) => {
      const spec = policy.at('spec');
      const isNamed = [spec.at('targetRef'), ...spec.at('targetRefs').items].some(
        (one) => one.get('kind') === 'HTTPRoute' && one.get('name') === name,
      );
      const isSelected = spec.at('targetSelectors').items.some((one) => {
        const wanted = Object.entries(one.at('matchLabels').labels);
        return (
          one.get('kind') === 'HTTPRoute' &&
          wanted.length > 0 &&
          wanted.every(([label, value]) => labels[label] === value)
        );
      });
      const what = `The ${policy.manifest.object.kind} ${policy.at('metadata', 'name').text ?? ''}`;
      if (isNamed && name === routeName) {
        return [
          remark(
            ['route'],
            `${what} names the HTTPRoute ${quote(routeName)}, as dist calls it too. Keep it.`,
            placeOf(policy),
          ),
        ];
      }
      return isNamed || isSelected
        ? [
            remark(
              ['route'],
              `${what} is for the HTTPRoute of today alone. Keep it, and let its targetRefs name the HTTPRoute ${quote(routeName)}: without that, what it asks for is gone.`,
              placeOf(policy),
            ),
          ]
        : [];
    });
}
