import { parseInstallation } from '../../lib/installation/parse.ts';
import type { Peer } from '../../lib/kubernetes/network.ts';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { trafficOf } from '../../lib/plan/traffic.ts';
import type { ApiClient } from '../control-plane/api-client.ts';
import { at, listAt } from '../control-plane/value.ts';
import { committed, installationFile, sitesOf } from './dist.ts';
import type { Endpoint } from './endpoint.ts';
import { allows, selects } from './network-policy.ts';
import { applied } from './sites.ts';

/** The policies of dist, evaluated over the pods that controllers and operators really made. */
export function networkPoliciesSelect(): void {
  describe('10. Network policies select', () => {
    const sites = sitesOf(committed());

    test.each(sites)('$name: every pod of the namespace has a policy of its own', async ({ name }) => {
      const { policies, pods } = await livePolicies(name);
      expect(pods.length).toBeGreaterThan(0);
      for (const pod of pods) {
        const names = policies.filter((policy) => selects(policy, pod)).map((each) => each.metadata?.name);
        // Where others live in the namespace too, nothing is closed for them.
        const closed = policies.some((policy) => policy.metadata?.name === 'default-deny');
        expect(names).toHaveLength(closed ? 2 : 1);
        expect(names.includes('default-deny')).toBe(closed);
      }
    });

    test.each(sites)(
      '$name: every policy but that of a passing guest matches live pods',
      async ({ name }) => {
        const { policies, pods } = await livePolicies(name);
        const idle = policies.filter((policy) => !pods.some((pod) => selects(policy, pod)));
        // cert-manager's solver exists only while it answers a challenge.
        expect(
          idle.map((policy) => policy.metadata?.name).filter((each) => each !== 'acme-http01-solver'),
        ).toEqual([]);
      },
    );

    test.each(sites)('$name: both ends allow every edge of the traffic list', async ({ name }) => {
      const { policies, edges } = await livePolicies(name);
      expect(edges.length).toBeGreaterThan(0);
      for (const { from, to, port, protocol, text } of edges) {
        expect({ text, allowed: allows(policies, from, to, port, protocol) }).toEqual({
          text,
          allowed: true,
        });
      }
    });

    test.each(sites)('control: $name: without the rules for an edge it is closed', async ({ name }) => {
      const { policies, edges } = await livePolicies(name);
      for (const { from, to, port, protocol, text } of edges) {
        for (const direction of ['ingress', 'egress'] as const) {
          const own = direction === 'ingress' ? to : from;
          if (policies.some((policy) => selects(policy, own))) {
            const rest = policies.map((policy) => withoutPort(policy, direction, port));
            expect({ text, direction, allowed: allows(rest, from, to, port, protocol) }).toEqual({
              text,
              direction,
              allowed: false,
            });
          }
        }
      }
    });

    test.each(sites)('$name: what is not in the list is closed', async ({ name }) => {
      const { policies, pods, edges } = await livePolicies(name);
      const stranger: Endpoint = {
        kind: 'pod',
        namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'e2e-stranger', labels: {} } },
        labels: { app: 'stranger' },
      };
      for (const pod of pods) {
        for (const { port, protocol } of edges) {
          expect(allows(policies, stranger, pod, port, protocol)).toBe(false);
        }
      }
    });
  });
}

interface LiveEdge {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: string;
  readonly text: string;
}

/** The live policies, the live pods of their namespace, and the edges between real ends. */
async function livePolicies(name: string) {
  const [installationName = '', clusterName = ''] = name.split('/');
  const { cluster } = await applied(name);
  const file = `installations/${installationName}.yaml`;
  const { installation } = parseInstallation(file, installationFile(installationName));
  if (installation === undefined) {
    throw new Error(`${file} has errors.`);
  }
  const policies = await cluster.api.list('networking.k8s.io/v1', 'NetworkPolicy', installation.namespace);
  const pods = await podsOf(cluster.api, installation.namespace);
  const { edges } = trafficOf(planOf(installation), clusterName);
  const live: LiveEdge[] = [];
  for (const { from, to, ports } of edges) {
    for (const { port, protocol } of ports) {
      for (const source of await endpointsOf(cluster.api, from, pods)) {
        for (const target of await endpointsOf(cluster.api, to, pods)) {
          live.push({
            from: source,
            to: target,
            port,
            protocol,
            text: `${from.name} -> ${to.name} ${protocol} ${port}`,
          });
        }
      }
    }
  }
  return { policies, pods, edges: live };
}

async function podsOf(
  api: ApiClient,
  namespace: string,
): Promise<readonly (Endpoint & { readonly kind: 'pod' })[]> {
  const home = await api.get({ apiVersion: 'v1', kind: 'Namespace', name: namespace });
  return (await api.list('v1', 'Pod', namespace)).map((pod) => ({
    kind: 'pod',
    namespace: home,
    labels: pod.metadata?.labels ?? {},
  }));
}

/** Live pods where the program runs here; elsewhere a stand-in that looks as the installation says. */
async function endpointsOf(
  api: ApiClient,
  peer: Peer,
  own: readonly (Endpoint & { readonly kind: 'pod' })[],
): Promise<readonly Endpoint[]> {
  switch (peer.kind) {
    case 'own':
      return own.filter(({ labels }) =>
        Object.entries(peer.labels).every(([key, value]) => labels[key] === value),
      );
    case 'other': {
      const found: Endpoint[] = [];
      for (const name of peer.namespaces) {
        const live = await api.find({ apiVersion: 'v1', kind: 'Namespace', name });
        const labels = { 'kubernetes.io/metadata.name': name };
        const namespace = live ?? { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
        const pods = live === undefined ? [] : await podsOf(api, name);
        found.push(...(pods.length > 0 ? pods : [{ kind: 'pod' as const, namespace, labels: peer.labels }]));
      }
      return found;
    }
    case 'addresses':
      return peer.ranges.map((range) => ({ kind: 'address', address: insideOf(range) }));
  }
}

/** An address inside of a range that is not in any private one, unless the range is. */
function insideOf(range: string): string {
  const [network = ''] = range.split('/');
  if (network === '0.0.0.0') {
    return '203.0.113.7';
  }
  return network === '::' ? '2001:db8::7' : network;
}

/** The policy without the rules that name a port. */
function withoutPort(
  policy: KubernetesObject,
  direction: 'ingress' | 'egress',
  port: number,
): KubernetesObject {
  const rules = listAt(policy, 'spec', direction).filter(
    (rule) => !listAt(rule, 'ports').some((each) => at(each, 'port') === port),
  );
  return { ...policy, spec: { ...Object(policy['spec']), [direction]: rules } };
}
