import { parseInstallation } from '../../lib/installation/parse.ts';
import type { Edge, Peer } from '../../lib/kubernetes/network.ts';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { type Plan, planOf } from '../../lib/plan/plan.ts';
import { drillTrafficOf, trafficOf } from '../../lib/plan/traffic.ts';
import type { ApiClient } from '../control-plane/api-client.ts';
import { committed, installationFile, objectsOf, type Site, sitesOf, synthesized } from './dist.ts';
import type { Endpoint } from './endpoint.ts';
import { allows, type Meaning } from './network-policy.ts';

/** The policies of `network.flavor: cilium`, as Cilium means them. */
export function ciliumPoliciesAllow(apiOf: (site: Site) => Promise<ApiClient>): void {
  describe('10. Cilium', () => {
    const sites = sitesOf(committed());

    test.each(sites)('$name: every edge of the traffic list is open', (site) => {
      expect(closed(site, 'cilium', 'cilium')).toEqual([]);
    });

    test.each(sites)(
      'control: $name: policies of Kubernetes alone close, on Cilium, the way to the API server and to DNS on the node',
      (site) => {
        const entities = edgesOf(site, 'kubernetes').filter(
          ({ to }) => to.kind === 'addresses' && to.entities !== undefined,
        );
        expect(closed(site, 'kubernetes', 'cilium')).toEqual([...new Set(entities.map(textOf))]);
        expect(closed(site, 'kubernetes', 'kubernetes')).toEqual([]);
      },
    );

    test.each(sites)('$name: the API server knows every field', async (site) => {
      const api = await apiOf(site);
      const policies = policiesOf(site, 'cilium').filter(({ kind }) => kind === 'CiliumNetworkPolicy');
      expect(policies.length).toBeGreaterThan(0);
      for (const policy of policies) {
        expect((await api.apply(policy, { dryRun: true })).warnings).toEqual([]);
      }
      const [first] = policies;
      const spec = { ...Object(first?.['spec']), endpointSelectors: {} };
      await expect(api.apply({ apiVersion: '', kind: '', ...first, spec }, { dryRun: true })).rejects.toThrow(
        '.spec.endpointSelectors: field not declared in schema',
      );
    });
  });
}

/** The edges that are closed, as texts, once each. */
function closed(site: Site, flavor: Meaning, meaning: Meaning): readonly string[] {
  const policies = policiesOf(site, flavor);
  const found = edgesOf(site, flavor).filter(({ from, to, ports, namespace }) =>
    endpointsOf(from, namespace).some((source) =>
      endpointsOf(to, namespace).some((target) =>
        ports.some(({ port, protocol }) => !allows(policies, source, target, port, protocol, meaning)),
      ),
    ),
  );
  return [...new Set(found.map(textOf))];
}

function textOf({ from, to }: Edge): string {
  return `${from.name} -> ${to.name}`;
}

function policiesOf(site: Site, flavor: Meaning): readonly KubernetesObject[] {
  const [installation = ''] = site.name.split('/');
  return objectsOf(synthesized(installation, { 'network.flavor': flavor }), site)
    .map(({ object }) => object)
    .filter(({ kind }) => kind.endsWith('NetworkPolicy'));
}

/** The edges of the site, each with the namespace that its own pods are in. */
function edgesOf(site: Site, flavor: Meaning): readonly (Edge & { readonly namespace: string })[] {
  const [, cluster = ''] = site.name.split('/');
  const plan = planFor(site, flavor);
  const { installation, drill } = plan;
  const own = trafficOf(plan, cluster).edges.map((edge) => ({ ...edge, namespace: installation.namespace }));
  if (drill === undefined || cluster !== installation.clusters.database) return own;
  const { edges } = drillTrafficOf(installation, drill);
  return [...own, ...edges.map((edge) => ({ ...edge, namespace: drill.namespace }))];
}

function planFor(site: Site, flavor: Meaning): Plan {
  const [name = ''] = site.name.split('/');
  const text = `${installationFile(name)}\nnetwork: { flavor: ${flavor} }\n`;
  const { installation, problems } = parseInstallation(`installations/${name}.yaml`, text);
  if (installation === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return planOf(installation);
}

/** Ends as Cilium sees them: the API server and nodes are no addresses, and a host has the name it is asked for by. */
function endpointsOf(peer: Peer, ownNamespace: string): readonly Endpoint[] {
  switch (peer.kind) {
    case 'own':
      return [{ kind: 'pod', namespace: namespaceNamed(ownNamespace), labels: peer.labels }];
    case 'other':
      return peer.namespaces.map((name) => ({
        kind: 'pod',
        namespace: namespaceNamed(name),
        labels: peer.labels,
      }));
    case 'addresses': {
      const [entity = 'world'] = peer.entities ?? [];
      const [host] = peer.hosts ?? [];
      return peer.ranges.map((range) => ({
        kind: 'address',
        address: insideOf(range),
        entity,
        ...(host === undefined ? {} : { host }),
      }));
    }
  }
}

function namespaceNamed(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  };
}

function insideOf(range: string): string {
  const [network = ''] = range.split('/');
  if (network === '0.0.0.0') return '203.0.113.7';
  return network === '::' ? '2001:db8::7' : network;
}
