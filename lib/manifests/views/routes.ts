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
  const services = serverServices(inventory);
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
  return namedMiddlewares(inventory, rule.at('middlewares').items, namespace);
}

/** The middlewares that references name, where they are known, and those that chains among them name. */
export function namedMiddlewares(
  inventory: Inventory,
  references: readonly Field[],
  namespace: string | undefined,
  depth = 0,
): Field[] {
  const all = inventory.all('traefik.io', 'Middleware');
  return references.flatMap((reference) =>
    all
      .filter(
        (one) =>
          one.get('metadata', 'name') === reference.get('name') &&
          one.at('metadata', 'namespace').text === (reference.at('namespace').text ?? namespace),
      )
      .flatMap((one) => [
        one,
        ...(depth > 2
          ? []
          : namedMiddlewares(
              inventory,
              one.at('spec', 'chain', 'middlewares').items,
              one.at('metadata', 'namespace').text,
              depth + 1,
            )),
      ]),
  );
}

/** Where a middleware, or one that it chains, asks for a login; undefined when none does. */
export function loginIn(inventory: Inventory, middleware: Field): Field | undefined {
  const chained = namedMiddlewares(
    inventory,
    middleware.at('spec', 'chain', 'middlewares').items,
    middleware.at('metadata', 'namespace').text,
  );
  return [middleware, ...chained]
    .flatMap((one) => logins.map((kind) => one.at('spec', kind)))
    .find(({ exists }) => exists);
}

const logins = ['forwardAuth', 'basicAuth', 'digestAuth'];

/**
 * The entry points of Traefik through which Immich is reached; those of an Ingress and of an HTTPRoute only where they
 * say that they are Traefik's.
 */
export function immichEntryPoints(inventory: Inventory): ReadonlySet<string> {
  const services = serverServices(inventory);
  const isServers = (name: unknown, namespace: string | undefined) =>
    services.has(`${namespace ?? ''}/${String(name)}`);
  const ingresses = inventory.all('networking.k8s.io', 'Ingress').filter((ingress) => {
    const annotations = Object.keys(ingress.at('metadata', 'annotations').labels);
    return (
      (/traefik/.test(ingress.at('spec', 'ingressClassName').text ?? '') ||
        annotations.some((name) => name.startsWith('traefik.ingress.kubernetes.io/'))) &&
      ingress
        .at('spec', 'rules')
        .items.some((rule) =>
          rule
            .at('http', 'paths')
            .items.some((path) =>
              isServers(path.get('backend', 'service', 'name'), ingress.at('metadata', 'namespace').text),
            ),
        )
    );
  });
  const ofIngresses = ingresses.flatMap((ingress) =>
    (
      ingress.at('metadata', 'annotations', 'traefik.ingress.kubernetes.io/router.entrypoints').text ??
      defaultEntryPoint
    ).split(','),
  );
  const ofRoutes = immichRoutes(inventory).flatMap(({ route }) => {
    const { texts } = route.at('spec', 'entryPoints');
    return texts.length === 0 ? [defaultEntryPoint] : texts;
  });
  const isByGateway = inventory
    .all('gateway.networking.k8s.io', 'HTTPRoute')
    .some(
      (route) =>
        route.at('spec', 'parentRefs').items.some((parent) => /traefik/.test(parent.at('name').text ?? '')) &&
        route
          .at('spec', 'rules')
          .items.some((rule) =>
            rule
              .at('backendRefs')
              .items.some((backend) =>
                isServers(
                  backend.get('name'),
                  backend.at('namespace').text ?? route.at('metadata', 'namespace').text,
                ),
              ),
          ),
    );
  return new Set([...ofRoutes, ...ofIngresses, ...(isByGateway ? [defaultEntryPoint] : [])]);
}

/** What charts of Traefik call the entry point for HTTPS. */
const defaultEntryPoint = 'websecure';

/** The services of Immich's server, as `namespace/name`. */
export function serverServices(inventory: Inventory): ReadonlySet<string> {
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
