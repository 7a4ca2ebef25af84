import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { includes } from '../selector.ts';
import { immich } from './immich.ts';

/** A rule of an IngressRoute that leads to Immich's server. */
export interface ImmichRouteView {
  readonly route: Field;
  readonly rule: Field;
  /** The middlewares it names, where they are known. */
  readonly middlewares: readonly Field[];
}

/** The rules of IngressRoutes whose service is that of Immich's server. */
export function immichRoutes(inventory: Inventory): ImmichRouteView[] {
  const services = immichServices(inventory);
  return inventory.all('traefik.io', 'IngressRoute').flatMap((route) => {
    const namespace = route.at('metadata', 'namespace').text;
    return route
      .at('spec', 'routes')
      .items.flatMap((rule) =>
        rule
          .at('services')
          .items.some((service) =>
            services.has(`${service.at('namespace').text ?? namespace ?? ''}/${service.get('name')}`),
          )
          ? [{ route, rule, middlewares: middlewaresOf(inventory, rule, namespace) }]
          : [],
      );
  });
}

function middlewaresOf(inventory: Inventory, rule: Field, namespace: string | undefined): Field[] {
  const all = inventory.all('traefik.io', 'Middleware');
  return rule
    .at('middlewares')
    .items.flatMap((reference) =>
      all.filter(
        (one) =>
          one.get('metadata', 'name') === reference.get('name') &&
          one.at('metadata', 'namespace').text === (reference.at('namespace').text ?? namespace),
      ),
    );
}

/** The Services in front of Immich's server, as `namespace/name`. */
export function immichServices(inventory: Inventory): ReadonlySet<string> {
  const servers = immich(inventory).containers.filter(({ part }) => part === 'server');
  return new Set(
    inventory.services.flatMap(({ name, namespace, field }) => {
      const selector = field?.at('spec', 'selector').labels ?? {};
      const isServers = servers.some(
        ({ workload }) =>
          workload.namespace === namespace &&
          Object.keys(selector).length > 0 &&
          includes(workload.labels, selector),
      );
      return isServers ? [`${namespace ?? ''}/${name}`] : [];
    }),
  );
}
