import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';

/** A service that a route sends requests to. */
export interface BackendView {
  readonly name: Field;
  /** The port by name or number. */
  readonly port: Field;
  readonly namespace: string | undefined;
}

/** The services behind every IngressRoute, Ingress and HTTPRoute. */
export function backends(inventory: Inventory): BackendView[] {
  return [
    ...inventory
      .all('traefik.io', 'IngressRoute')
      .flatMap((route) =>
        route
          .at('spec', 'routes')
          .items.flatMap((rule) => rule.at('services').items.flatMap((service) => traefik(route, service))),
      ),
    ...inventory.all('networking.k8s.io', 'Ingress').flatMap(ingress),
    ...inventory.all('gateway.networking.k8s.io', 'HTTPRoute').flatMap(httpRoute),
  ].filter(({ name }) => name.exists);
}

function traefik(route: Field, service: Field): BackendView[] {
  return (service.at('kind').text ?? 'Service') === 'Service'
    ? [
        {
          name: service.at('name'),
          port: service.at('port'),
          namespace: service.at('namespace').text ?? route.at('metadata', 'namespace').text,
        },
      ]
    : [];
}

function ingress(route: Field): BackendView[] {
  const services = [
    route.at('spec', 'defaultBackend', 'service'),
    ...route
      .at('spec', 'rules')
      .items.flatMap((rule) => rule.at('http', 'paths').items.map((path) => path.at('backend', 'service'))),
  ];
  return services.map((service) => ({
    name: service.at('name'),
    port: service.at('port', 'name').exists ? service.at('port', 'name') : service.at('port', 'number'),
    namespace: route.at('metadata', 'namespace').text,
  }));
}

function httpRoute(route: Field): BackendView[] {
  return route.at('spec', 'rules').items.flatMap((rule) =>
    rule.at('backendRefs').items.flatMap((backend) =>
      (backend.at('kind').text ?? 'Service') === 'Service'
        ? [
            {
              name: backend.at('name'),
              port: backend.at('port'),
              namespace: backend.at('namespace').text ?? route.at('metadata', 'namespace').text,
            },
          ]
        : [],
    ),
  );
}
