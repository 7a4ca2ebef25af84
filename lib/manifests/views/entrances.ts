import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { serverServices } from './routes.ts';

/** A rule of an IngressRoute, Ingress or HTTPRoute by which Immich is reached. */
export interface EntranceView {
  readonly route: Field;
  readonly hosts: readonly string[];
  /** What else the rule asks for, such as paths; empty where it takes everything. */
  readonly match: string;
  /** What asks for a login before Immich, by name. */
  readonly guards: readonly string[];
  /** Limits on what is uploaded through it, by the names of their settings. */
  readonly limits: ReadonlyMap<string, string>;
  /** Where the certificate comes from, in words; undefined where the route does not say it. */
  readonly certificate: string | undefined;
}

/** Every entrance that leads to Immich. */
export function entrances(inventory: Inventory): EntranceView[] {
  const services = serverServices(inventory);
  const isImmich = (route: Field, service: Field) => {
    const name = service.at('name').text ?? '';
    const namespace = service.at('namespace').text ?? route.at('metadata', 'namespace').text ?? '';
    // Where a chart makes the Services, their names are all there is.
    return services.size > 0 ? services.has(`${namespace}/${name}`) : /immich/.test(name);
  };
  return [
    ...inventory.all('traefik.io', 'IngressRoute').flatMap((route) =>
      route
        .at('spec', 'routes')
        .items.filter((rule) => rule.at('services').items.some((service) => isImmich(route, service)))
        .map((rule) => ofTraefik(inventory, route, rule)),
    ),
    ...inventory.all('networking.k8s.io', 'Ingress').flatMap((ingress) =>
      ingress
        .at('spec', 'rules')
        .items.filter((rule) =>
          rule.at('http', 'paths').items.some((path) => isImmich(ingress, path.at('backend', 'service'))),
        )
        .map((rule) => ofIngress(inventory, ingress, rule)),
    ),
    ...inventory
      .all('networking.k8s.io', 'Ingress')
      .filter((ingress) => isImmich(ingress, ingress.at('spec', 'defaultBackend', 'service')))
      .map((ingress) => ofBackend(inventory, ingress)),
    ...inventory.all('gateway.networking.k8s.io', 'HTTPRoute').flatMap((route) =>
      route
        .at('spec', 'rules')
        .items.filter((rule) => rule.at('backendRefs').items.some((backend) => isImmich(route, backend)))
        .map((rule) => ofHttpRoute(inventory, route, rule)),
    ),
  ];
}

function ofTraefik(inventory: Inventory, route: Field, rule: Field): EntranceView {
  const match = rule.at('match').text ?? '';
  const namespace = route.at('metadata', 'namespace').text;
  const guards = rule.at('middlewares').items.flatMap((one) => {
    const name = one.at('name').text;
    const place = one.at('namespace').text ?? namespace;
    return name !== undefined && asksForLogin(middleware(inventory, place, name)) ? [name] : [];
  });
  return {
    route,
    hosts: [...match.matchAll(/Host\(`([^`]+)`\)/g)].map(([, host = '']) => host),
    match: match.replace(/\(?Host\(`[^`]*`\)(?: *\|\| *Host\(`[^`]*`\))*\)?(?: *&& *)?/, ''),
    guards,
    limits: new Map(),
    certificate: route.at('spec', 'tls', 'secretName').text ?? route.at('spec', 'tls', 'certResolver').text,
  };
}

function ofIngress(inventory: Inventory, ingress: Field, rule: Field): EntranceView {
  const annotations = ingress.at('metadata', 'annotations').labels;
  const paths = rule.at('http', 'paths').items.flatMap((path) => path.at('path').text ?? []);
  const chain = annotations['traefik.ingress.kubernetes.io/router.middlewares']?.split(/\s*,\s*/) ?? [];
  const isLogin = (name: string) =>
    asksForLogin(
      inventory
        .all('traefik.io', 'Middleware')
        .find((one) => name === `${one.at('metadata', 'namespace').text}-${one.at('metadata', 'name').text}`),
    );
  const host = rule.at('host').text ?? '*';
  const tls = ingress
    .at('spec', 'tls')
    .items.find((one) => one.at('hosts').items.length === 0 || one.at('hosts').texts.includes(host));
  const issuer = annotations['cert-manager.io/cluster-issuer'] ?? annotations['cert-manager.io/issuer'];
  return {
    route: ingress,
    hosts: [host],
    match: paths.every((path) => path === '/') ? '' : paths.join(' '),
    guards: [
      ...loginAnnotations.flatMap((name) => annotations[name] ?? []),
      ...chain.map((name) => name.replace(/@.*$/, '')).filter(isLogin),
    ],
    limits: new Map(
      Object.entries(annotations).filter(([name]) => /(body-size|read-timeout|send-timeout)$/.test(name)),
    ),
    certificate:
      [tls?.at('secretName').text, issuer].filter((part) => part !== undefined).join(' by ') || undefined,
  };
}

/** An Ingress that sends everything to Immich, for the hosts of its certificate where it names some, as Tailscale's do. */
function ofBackend(inventory: Inventory, ingress: Field): EntranceView {
  const hosts = ingress.at('spec', 'tls').items.flatMap((one) => one.at('hosts').texts);
  const entrance = ofIngress(inventory, ingress, ingress.at('spec', 'defaultBackend'));
  return hosts.length === 0 ? entrance : { ...entrance, hosts };
}

/** https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#external-authentication */
const loginAnnotations = ['auth-url', 'auth-secret'].map((name) => `nginx.ingress.kubernetes.io/${name}`);

function ofHttpRoute(inventory: Inventory, route: Field, rule: Field): EntranceView {
  const name = route.at('metadata', 'name').text;
  const policies = inventory
    .all('gateway.envoyproxy.io', 'SecurityPolicy')
    .filter((policy) =>
      [policy.at('spec', 'targetRef'), ...policy.at('spec', 'targetRefs').items].some(
        (target) => target.at('kind').text === 'HTTPRoute' && target.at('name').text === name,
      ),
    )
    .filter((policy) =>
      ['oidc', 'basicAuth', 'extAuth', 'jwt', 'apiKeyAuth'].some((way) => policy.at('spec', way).exists),
    );
  const timeouts = rule.at('timeouts').entries;
  return {
    route,
    hosts: route.at('spec', 'hostnames').texts,
    match: rule
      .at('matches')
      .items.flatMap((match) => match.at('path', 'value').text ?? [])
      .filter((path) => path !== '/')
      .join(' '),
    guards: [
      ...policies.flatMap((policy) => policy.at('metadata', 'name').text ?? []),
      ...rule.at('filters').items.flatMap((filter) => filter.at('extensionRef', 'name').text ?? []),
    ],
    limits: new Map(
      timeouts.flatMap(([key, { text }]) => (text === undefined ? [] : [[`timeouts.${key}`, text]])),
    ),
    certificate:
      route
        .at('spec', 'parentRefs')
        .items.map((parent) =>
          [parent.at('name').text, parent.at('sectionName').text].filter(Boolean).join('/'),
        )
        .join(', ') || undefined,
  };
}

function middleware(inventory: Inventory, namespace: string | undefined, name: string): Field | undefined {
  return inventory
    .all('traefik.io', 'Middleware')
    .find(
      (one) => one.get('metadata', 'name') === name && one.at('metadata', 'namespace').text === namespace,
    );
}

/** A middleware that is not in these manifests is that of a login, or whatever else somebody has put there. */
function asksForLogin(found: Field | undefined): boolean {
  if (found === undefined) return true;
  return ['forwardAuth', 'basicAuth', 'digestAuth', 'plugin', 'chain'].some(
    (kind) => found.at('spec', kind).exists,
  );
}
