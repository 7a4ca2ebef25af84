import { adoptRepository } from '../../../lib/adoption/adoption.ts';
import { filesOf } from '../../../lib/files/texts.ts';
import { readRepository } from '../../../lib/repository/repository.ts';

const immich = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich, namespace: photos }
spec:
  template:
    metadata: { labels: { app: immich } }
    spec: { containers: [{ image: "ghcr.io/immich-app/immich-server:v3.3.1" }] }
`;
const service = (spec = '', annotations = '{}') => `---
apiVersion: v1
kind: Service
metadata: { name: immich, namespace: photos, annotations: ${annotations} }
spec: { selector: { app: immich }, ports: [{ port: 2283 }]${spec} }
`;

const httpRoute = (name: string, host: string, gateway: string, more = '') => `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: photos }
spec:
  hostnames: [${host}]
  parentRefs: [{ name: ${gateway}, namespace: network, sectionName: https }]
  rules: [{ backendRefs: [{ name: immich, port: 2283 }]${more} }]
`;

const ingress = (name: string, host: string, annotations = '{}', className = 'nginx') => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: photos, annotations: ${annotations} }
spec:
  ingressClassName: ${className}
  rules: [{ host: ${host}, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: immich, port: { number: 2283 } } } }] } }]
`;

/** The adopted file with its comments on one line each, and what is applied today. */
function adopted(...texts: readonly string[]) {
  const files = new Map([['immich.yaml', [immich, ...texts].join('')]]);
  const found = adoptRepository(readRepository(filesOf('.', files)), { name: 'home', schema: undefined });
  if (found?.today === undefined) throw new Error('There is no Immich.');
  expect(found.problems).toEqual([]);
  return { text: found.text.replace(/\n *# (?!from)/g, ' '), today: found.today };
}

const others = (today: ReturnType<typeof adopted>['today']) =>
  today.others.map(({ manifest: { object } }) => `${object.kind} ${object.metadata?.name}`);

describe('several ways in', () => {
  test('HTTPRoutes at the Gateways of the house and of everybody are one, with all hosts', () => {
    const { text, today } = adopted(
      service(),
      httpRoute('outside', 'photos.example.com', 'external'),
      httpRoute('inside', 'photos.home.arpa', 'internal'),
    );
    expect(text).toContain('host: photos.example.com # from');
    expect(text).toContain('hosts: [{ host: photos.home.arpa }] # from');
    expect(text).toMatch(
      /parents: \[\{ name: external, namespace: network, section: https \}, \{ name: internal, namespace: network, section: https \}\]/,
    );
    expect(text).not.toContain('one door');
    expect(others(today)).toContain('HTTPRoute inside');
  });

  test('one with a login and one for some paths alone are never opened by the other', () => {
    const login = `---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata: { name: sign-in, namespace: photos }
spec: { targetRefs: [{ kind: HTTPRoute, name: outside }], extAuth: {} }
`;
    const shares = ', matches: [{ path: { type: PathPrefix, value: /share } }]';
    const { text } = adopted(
      service(),
      httpRoute('shares', 'share.example.com', 'external', shares),
      httpRoute('inside', 'photos.home.arpa', 'internal'),
      httpRoute('outside', 'photos.example.com', 'external'),
      login,
    );
    expect(text).toContain('host: photos.home.arpa # from');
    expect(text).toContain('parents: [{ name: internal, namespace: network, section: https }]');
    expect(text).toContain('HTTPRoute outside, which has a login (sign-in), was not carried over');
    expect(text).toContain('HTTPRoute shares, which lets only some paths in, was not carried over');
    expect(text).not.toContain('hosts:');
  });

  test('one of another kind stays with its file, and its proxy is let in', () => {
    const { text, today } = adopted(
      service(),
      httpRoute('outside', 'photos.example.com', 'external'),
      ingress('tailnet', 'photos.tail1.ts.net', '{}', 'tailscale'),
    );
    expect(text).not.toContain('hosts:');
    expect(text).toContain('leave its file where it is, and lead it to the Service immich-server');
    expect(text).toContain('clients: [{ from: { namespace: tailscale }, why: the Ingress tailnet }]');
    expect(others(today)).not.toContain('Ingress tailnet');
    expect(others(today)).toContain('HTTPRoute outside');
  });

  test('Ingresses alike are one; one with other annotations is not', () => {
    const same = adopted(service(), ingress('a', 'a.example.com'), ingress('b', 'b.example.com'));
    expect(same.text).toContain('hosts: [{ host: b.example.com }]');
    const login = '{ nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com" }';
    const { text } = adopted(service(), ingress('a', 'a.example.com'), ingress('b', 'b.example.com', login));
    expect(text).not.toContain('hosts:');
    expect(text).toContain('The Ingress b, which has a login');
  });
});

describe('a way in that is no route', () => {
  test('a tunnel that ends at the Service names the host, and is let in', () => {
    const tunnel = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: cloudflared, namespace: network }
data:
  config.yaml: |
    ingress:
      - hostname: photos.example.com
        service: http://immich.photos.svc.cluster.local:2283
      - hostname: other.example.com
        service: http://other.photos.svc.cluster.local:80
`;
    const { text } = adopted(service(), tunnel);
    expect(text).toContain('host: photos.example.com # from immich.yaml:');
    expect(text).not.toContain('other.example.com');
    expect(text).toContain('The tunnel leads to the Service immich. Lead it to immich-server');
    expect(text).toContain('clients: [{ from: { namespace: network }, why: the tunnel }]');
  });

  test('a load balancer before the Service is kept with what it reads', () => {
    const { text } = adopted(
      service(', type: LoadBalancer, loadBalancerIP: 10.0.0.9', '{ lbipam.cilium.io/ips: 10.0.0.9 }'),
    );
    expect(text).toContain('type: LoadBalancer # from');
    expect(text).toContain('lbipam.cilium.io/ips: "10.0.0.9" # from');
    expect(text).toContain('The fixed address or port of the Service has no key.');
    expect(adopted(service()).text).not.toContain('service:');
  });
});

describe('what of a route no key says', () => {
  test('filters, annotations, rules of others and policies by label are told', () => {
    const route = `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: photos, namespace: photos, labels: { login: required }, annotations: { external-dns.alpha.kubernetes.io/target: t, gatus.example.com/on: "true" } }
spec:
  hostnames: [photos.example.com]
  parentRefs: [{ name: external, namespace: network }]
  rules:
    - { backendRefs: [{ name: immich, port: 2283 }], filters: [{ type: ExtensionRef, extensionRef: { group: traefik.io, kind: Middleware, name: sign-in } }] }
    - { backendRefs: [{ name: outpost, port: 9000 }] }
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata: { name: by-label, namespace: photos }
spec: { targetSelectors: [{ kind: HTTPRoute, matchLabels: { login: required } }], oidc: {} }
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata: { name: of-others, namespace: photos }
spec: { targetRefs: [{ kind: HTTPRoute, name: others }], oidc: {} }
`;
    const { text } = adopted(service(), route);
    expect(text).toContain('The Middleware sign-in, which may be a login, was not carried over');
    expect(text).toContain('The rule that leads to outpost was not carried over');
    expect(text).toContain('gatus.example.com/on');
    expect(text).toContain('The SecurityPolicy by-label is for the HTTPRoute of today alone.');
    expect(text).not.toContain('of-others');
  });

  test('a policy for a route that keeps its name stays in force', () => {
    const policy = `---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: { name: limits, namespace: photos }
spec: { targetRefs: [{ kind: HTTPRoute, name: immich }] }
`;
    const { text } = adopted(service(), httpRoute('immich', 'photos.example.com', 'external'), policy);
    expect(text).toContain(
      'The BackendTrafficPolicy limits names the HTTPRoute "immich", as dist calls it too.',
    );
  });
});
