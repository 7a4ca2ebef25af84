import { proxiesOf } from '../../lib/plan/proxies.ts';
import { installationOf } from '../components/built.ts';
import { edited, home } from '../installation/example.ts';

const parents = 'parents: [{ name: external, namespace: gateways }]';

/** Who may connect to the server, as lines of text. */
function proxies(door: string, more = ''): string[] {
  const text = `${edited(home, ['certificate: { clusterIssuer: letsencrypt-prod }', door])}${more}`;
  return proxiesOf(installationOf(text)).map(({ peer }) =>
    peer.kind === 'other'
      ? `${peer.name}: ${peer.namespaces.join(' ')}; ${Object.entries(peer.labels).join(' ')}`
      : `${peer.name}: ${peer.kind === 'addresses' ? peer.entities?.join(' ') : ''}`,
  );
}

const clients = 'network: { clients: [{ from: { namespace: network }, why: the proxy }] }\n';

test.each([
  ['middlewares: []', '', ['Traefik: kube-system traefik; app.kubernetes.io/name,traefik']],
  [
    `gateway: { class: envoy, ${parents} }`,
    '',
    ['Envoy Gateway: envoy-gateway-system gateways; gateway.envoyproxy.io/owning-gateway-name,external'],
  ],
  [
    `gateway: { class: envoy, ${parents}, namespaces: [network] }`,
    '',
    ['Envoy Gateway: network; gateway.envoyproxy.io/owning-gateway-name,external'],
  ],
  [`gateway: { class: cilium, ${parents} }`, 'network: { flavor: cilium }\n', ["Cilium's gateway: ingress"]],
  [
    `gateway: { class: istio, ${parents} }`,
    '',
    ['Istio: gateways; gateway.networking.k8s.io/gateway-name,external'],
  ],
  [`gateway: { class: gke, ${parents} }`, clients, []],
  ['ingress: { class: nginx }', '', ['ingress-nginx: ingress-nginx; app.kubernetes.io/name,ingress-nginx']],
  ['ingress: { class: haproxy, namespaces: [haproxy] }', '', ['the controller of haproxy: haproxy; ']],
  ['ingress: { class: haproxy }', clients, []],
  ['none: {}', clients, []],
])('by %s', (door, more, expected) => {
  expect(proxies(door, more)).toEqual(expected);
});

test("by Tailscale it is the operator's proxy for our Ingress alone", () => {
  const text = edited(
    home,
    ['photos.example.com', 'photos.tail1234.ts.net'],
    ['certificate: { clusterIssuer: letsencrypt-prod }', 'tailscale: { hostname: photos }'],
  );
  expect(proxiesOf(installationOf(text)).map(({ peer }) => peer)).toEqual([
    {
      kind: 'other',
      name: 'Tailscale',
      namespaces: ['tailscale'],
      labels: {
        'tailscale.com/parent-resource': 'immich',
        'tailscale.com/parent-resource-ns': 'immich',
        'tailscale.com/parent-resource-type': 'ingress',
      },
    },
  ]);
});
