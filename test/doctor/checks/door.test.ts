import { door } from '../../../lib/doctor/checks/door.ts';
import { references } from '../../../lib/doctor/checks/references.ts';
import type { Value } from '../../../lib/manifests/manifest.ts';
import { home } from '../../installation/example.ts';
import { isFalse, isTrue } from '../healthy.ts';
import { found, type Living, subjectOf } from '../living.ts';
import { others } from '../others.ts';

const gateway = '/apis/gateway.networking.k8s.io/v1/namespaces/network/gateways/public';

async function withListeners(beside: Living['paths'], ...listeners: Value[]) {
  const paths = {
    ...beside,
    [gateway]: { spec: { listeners } },
    '/api/v1/namespaces/others/persistentvolumeclaims/photos': {},
  };
  return (await found(references, { paths }, subjectOf(others))).filter((line) => line.includes('Gateway'));
}

test('a Gateway without the listener, and one that lets no routes of other namespaces in', async () => {
  const all = { allowedRoutes: { namespaces: { from: 'All' } } };
  expect(await withListeners({}, { name: 'http', ...all })).toEqual([
    'error: Gateway network/public has no listener https, which route.gateway.parents names. It has http.',
  ]);
  expect(await withListeners({}, { name: 'http', ...all }, { name: 'https' })).toEqual([
    'error: Gateway network/public lets no routes of other namespaces in, and ours is in others: allowedRoutes: { namespaces: { from: All } } on its listener would.',
  ]);
  expect(await withListeners({}, { name: 'http' }, { name: 'https', ...all })).toEqual([
    'well: Gateway network/public is there, for route.gateway.parents.',
  ]);
});

test('a Gateway that lets namespaces in by their labels', async () => {
  const listener = (selector: Value) => ({
    name: 'https',
    allowedRoutes: { namespaces: { from: 'Selector', selector } },
  });
  const judged = (
    selector: Value,
    namespace: Value | 'forbidden' = { metadata: { labels: { gateway: 'yes' } } },
  ) => withListeners({ '/api/v1/namespaces/others': namespace }, listener(selector));
  const shut = [
    'error: Gateway network/public lets in only namespaces with labels that others does not have: give it those that allowedRoutes.namespaces.selector of its listener asks for.',
  ];
  const open = ['well: Gateway network/public is there, for route.gateway.parents.'];
  expect(await judged({ matchLabels: { gateway: 'no' } })).toEqual(shut);
  expect(await judged({ matchExpressions: [{ key: 'gateway', operator: 'In', values: ['maybe'] }] })).toEqual(
    shut,
  );
  expect(await judged({ matchLabels: { gateway: 'yes' } })).toEqual(open);
  // Every namespace has its name as a label.
  expect(await judged({ matchLabels: { 'kubernetes.io/metadata.name': 'others' } })).toEqual(open);
  // What nobody may see is not guessed.
  expect(await judged({ matchLabels: { gateway: 'no' } }, 'forbidden')).toEqual(open);
});

async function withRoute(...conditions: Value[]) {
  const parents = conditions.map((condition) => ({
    parentRef: { namespace: 'network', name: 'public' },
    conditions: [isTrue('ResolvedRefs'), condition],
  }));
  const path = '/apis/gateway.networking.k8s.io/v1/namespaces/others/httproutes/immich';
  return found(door, { paths: { [path]: { status: { parents } } } }, subjectOf(others));
}

test('a Gateway has taken the route, refuses it, or has said nothing', async () => {
  const describe = '  kubectl describe httproutes.gateway.networking.k8s.io immich --namespace others';
  expect(await withRoute(isTrue('Accepted'))).toEqual([
    'well: Gateway network/public has taken HTTPRoute others/immich.',
  ]);
  expect(await withRoute(isFalse('Accepted', 'no listener matches'))).toEqual([
    'error: Gateway network/public does not serve HTTPRoute others/immich: no listener matches',
    describe,
  ]);
  expect(await withRoute()).toEqual([
    'warning: HTTPRoute others/immich: no Gateway has said anything of it yet.',
    describe,
  ]);
});

/** The same with another door. */
function withDoor(written: string): string {
  const text = others.replace(/\n {2}gateway: .*\n/, `\n  ${written}\n`);
  return written.startsWith('tailscale')
    ? text.replace('others.example.com', 'photos.tail1a2b3.ts.net')
    : text;
}

test.each([
  ['ingress: { class: nginx }', { ip: '192.0.2.1' }, 'well: Ingress others/immich answers at 192.0.2.1.'],
  [
    'tailscale: { hostname: photos }',
    { hostname: 'photos.tail.ts.net' },
    'well: Ingress others/immich answers at photos.tail.ts.net.',
  ],
  [
    'ingress: { class: nginx }',
    undefined,
    'warning: Ingress others/immich has no address: its controller has not taken it yet, or writes none.',
  ],
])('an Ingress: %s, %j', async (written, end, line) => {
  const text = withDoor(written);
  const path = '/apis/networking.k8s.io/v1/namespaces/others/ingresses/immich';
  const status = { loadBalancer: { ingress: end === undefined ? [] : [end] } };
  expect((await found(door, { paths: { [path]: { status } } }, subjectOf(text)))[0]).toBe(line);
});

test('of Traefik and of no door nothing is asked', async () => {
  expect(await found(door, {}, subjectOf(home))).toEqual([]);
  const clients = 'network: { clients: [{ from: { namespace: proxy }, why: the proxy }] }\n';
  expect(await found(door, {}, subjectOf(`${withDoor('none: {}')}${clients}`))).toEqual([]);
});

test.each([
  ['ingress: { class: nginx }', 'IngressClass nginx', 'route.ingress.class'],
  ['tailscale: { hostname: photos }', 'IngressClass tailscale', 'route.tailscale'],
])('%s needs its class', async (written, called, key) => {
  const text = withDoor(written);
  const told = await found(references, {}, subjectOf(text));
  expect(told).toContain(`error: ${called} is missing, and ${key} names it.`);
  expect(told).toContain('  kubectl get ingressclasses.networking.k8s.io');
});
