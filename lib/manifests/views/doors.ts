import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { loginIn, namedMiddlewares, serverServices } from './routes.ts';

/** A rule of an Ingress or an HTTPRoute that leads to Immich's server. */
export interface DoorView {
  /** The Ingress or HTTPRoute. */
  readonly route: Field;
  /** Where its login is asked for; undefined where it has none. */
  readonly login: Field | undefined;
  /** The beginnings of the paths that it takes. */
  readonly paths: readonly string[];
}

/** The rules of Ingresses and HTTPRoutes that lead to Immich, with the logins of nginx, Traefik and Envoy Gateway. */
export function immichDoors(inventory: Inventory): DoorView[] {
  const services = serverServices(inventory);
  return [
    ...inventory
      .all('networking.k8s.io', 'Ingress')
      .flatMap((ingress) => ofIngress(inventory, ingress, services)),
    ...inventory
      .all('gateway.networking.k8s.io', 'HTTPRoute')
      .flatMap((route) => ofHttpRoute(inventory, route, services)),
  ];
}

function ofIngress(inventory: Inventory, ingress: Field, services: ReadonlySet<string>): DoorView[] {
  const namespace = ingress.at('metadata', 'namespace').text;
  const paths = ingress
    .at('spec', 'rules')
    .items.flatMap((rule) => rule.at('http', 'paths').items)
    .filter((path) => services.has(`${namespace ?? ''}/${String(path.get('backend', 'service', 'name'))}`))
    .map((path) => path.at('path').text ?? '/');
  return paths.length === 0 ? [] : [{ route: ingress, login: loginOfIngress(inventory, ingress), paths }];
}

function loginOfIngress(inventory: Inventory, ingress: Field): Field | undefined {
  const annotations = ingress.at('metadata', 'annotations');
  // Lines of nginx's own language may say for which paths it holds.
  const isKnown = !annotations.entries.some(([name]) => /nginx.*-snippet$/.test(name));
  const nginx = ['auth-url', 'auth-type'].map((name) =>
    annotations.at(`nginx.ingress.kubernetes.io/${name}`),
  );
  const traefik = annotations.at('traefik.ingress.kubernetes.io/router.middlewares');
  const names = (traefik.text ?? '').split(',').map((name) => name.trim().replace(/@kubernetescrd$/, ''));
  const isLogin = inventory
    .all('traefik.io', 'Middleware')
    .some(
      (one) =>
        names.includes(
          `${one.at('metadata', 'namespace').text ?? ''}-${one.at('metadata', 'name').text ?? ''}`,
        ) && loginIn(inventory, one) !== undefined,
    );
  return isKnown ? (nginx.find(({ exists }) => exists) ?? (isLogin ? traefik : undefined)) : undefined;
}

function ofHttpRoute(inventory: Inventory, route: Field, services: ReadonlySet<string>): DoorView[] {
  const namespace = route.at('metadata', 'namespace').text;
  return route
    .at('spec', 'rules')
    .items.filter((rule) =>
      rule
        .at('backendRefs')
        .items.some((backend) =>
          services.has(`${backend.at('namespace').text ?? namespace ?? ''}/${String(backend.get('name'))}`),
        ),
    )
    .map((rule) => {
      const matches = rule.at('matches').items.map((match) => match.at('path', 'value').text ?? '/');
      return {
        route,
        login: policyOf(inventory, route, rule) ?? filterOf(inventory, rule, namespace),
        paths: matches.length === 0 ? ['/'] : matches,
      };
    });
}

/** https://gateway.envoyproxy.io/docs/api/extension_types/#securitypolicy */
function policyOf(inventory: Inventory, route: Field, rule: Field): Field | undefined {
  return inventory
    .all('gateway.envoyproxy.io', 'SecurityPolicy')
    .filter(
      (policy) =>
        policy.at('metadata', 'namespace').text === route.at('metadata', 'namespace').text &&
        [policy.at('spec', 'targetRef'), ...policy.at('spec', 'targetRefs').items].some(
          (target) =>
            target.get('kind') === 'HTTPRoute' &&
            target.get('name') === route.get('metadata', 'name') &&
            (!target.at('sectionName').exists || target.get('sectionName') === rule.get('name')),
        ),
    )
    .flatMap((policy) => ['extAuth', 'oidc', 'basicAuth'].map((kind) => policy.at('spec', kind)))
    .find(({ exists }) => exists);
}

function filterOf(inventory: Inventory, rule: Field, namespace: string | undefined): Field | undefined {
  return rule.at('filters').items.find((filter) => {
    const reference = filter.at('extensionRef');
    return (
      reference.get('kind') === 'Middleware' &&
      namedMiddlewares(inventory, [reference], namespace).some((one) => loginIn(inventory, one) !== undefined)
    );
  });
}
