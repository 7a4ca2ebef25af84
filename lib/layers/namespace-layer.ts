import { namespace } from '../components/namespace.ts';
import { NetworkPolicies } from '../components/network-policies.ts';
import type { Plan } from '../plan/plan.ts';
import { trafficOf } from '../plan/traffic.ts';
import type { Layer } from './layer.ts';

/** Whether there is anything in it: Flux takes no empty layer. */
export function hasNamespaceLayer({ installation }: Plan): boolean {
  return !installation.sharedNamespace || installation.network.policies;
}

/** The namespace, where it is Immich's own, and who may talk to whom in it. */
export function namespaceLayer(plan: Plan, cluster: string): Layer {
  const { installation } = plan;
  return {
    plan: { name: 'namespace', after: [], readiness: { kind: 'objects' }, keepsObjects: true, timeout: '5m' },
    build: (chart) => {
      if (!installation.sharedNamespace) namespace(chart, installation.namespace);
      if (installation.network.policies) {
        new NetworkPolicies(chart, 'policies', {
          namespace: installation.namespace,
          flavor: installation.network.flavor,
          deniesOthers: !installation.sharedNamespace,
          ...trafficOf(plan, cluster),
        });
      }
    },
  };
}
