import { GatewayRoute } from '../../lib/components/gateway-route.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { edited, home } from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';
import { built, installationOf, objectIn } from './built.ts';

const parent = '{ name: external, namespace: gateways, section: https }';

function routeOf(gateway: string, more = '') {
  const { route, namespace, host, hosts } = installationOf(
    `${edited(home, ['certificate: { clusterIssuer: letsencrypt-prod }', `gateway: ${gateway}`])}${more}`,
  );
  const text = built(
    (chart) =>
      new GatewayRoute(chart, 'route', {
        ...{ namespace, host, hosts: hosts.map(({ host }) => host), route: new Checked(route) },
        service: { name: 'immich-server', port: 2283 },
      }),
  );
  return objectIn(text, 'HTTPRoute', 'immich');
}

test('the host leads from the Gateway to the server, and the API server takes it', () => {
  const route = routeOf(`{ class: envoy, parents: [${parent}] }`);
  expect(route.spec).toEqual({
    parentRefs: [{ name: 'external', namespace: 'gateways', sectionName: 'https' }],
    hostnames: ['photos.example.com'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ name: 'immich-server', port: 2283 }],
        timeouts: { request: '0s', backendRequest: '0s' },
      },
    ],
  });
  expect(validateStrictly(route)).toEqual([]);
  expect(validateStrictly({ ...route, spec: { ...route.spec, hostnames: ['*'] } })).not.toEqual([]);
});

test.each(['envoy', 'istio', 'kgateway', 'cilium'])('%s is told to wait for large downloads', (name) => {
  const [rule] = routeOf(
    `{ class: ${name}, parents: [${parent}] }`,
    name === 'cilium' ? 'network: { flavor: cilium }\n' : '',
  ).spec.rules;
  expect(rule.timeouts).toEqual({ request: '0s', backendRequest: '0s' });
});

test.each(['traefik', 'nginx', 'gke', 'other'])(
  '%s is not told of timeouts that it does not obey',
  (name) => {
    const more = 'network: { clients: [{ from: { cidr: 10.0.0.0/8 }, why: the proxy }] }\n';
    const [rule] = routeOf(`{ class: ${name}, parents: [${parent}] }`, more).spec.rules;
    expect(rule).not.toHaveProperty('timeouts');
  },
);

test('several Gateways and several names', () => {
  const { spec } = routeOf(
    `{ class: envoy, parents: [${parent}, { name: internal, namespace: gateways }] }`,
    'hosts: [{ host: share.example.org }]\n',
  );
  expect(spec.hostnames).toEqual(['photos.example.com', 'share.example.org']);
  expect(spec.parentRefs).toEqual([
    { name: 'external', namespace: 'gateways', sectionName: 'https' },
    { name: 'internal', namespace: 'gateways' },
  ]);
});

test('another door is refused, and what a Gateway cannot do', () => {
  const props = { namespace: 'photos', host: 'photos.example.com', service: { name: 'a', port: 2283 } };
  const parents = [{ name: 'external', namespace: 'gateways' }];
  expect(() => built((chart) => new GatewayRoute(chart, 'route', { ...props, route: {} }))).toThrow(
    'GatewayRoute "route": route: The way in is "traefik" here. Write gateway, as this construct makes.',
  );
  const certificate = { clusterIssuer: 'letsencrypt' };
  const route = { gateway: { class: 'envoy', parents }, certificate } as const;
  expect(() => built((chart) => new GatewayRoute(chart, 'route', { ...props, route }))).toThrow(
    'Nobody would show the certificate "letsencrypt".',
  );
});
