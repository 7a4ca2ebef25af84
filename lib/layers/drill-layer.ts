import { drill } from '../components/drill.ts';
import { plainNamespace } from '../components/namespace.ts';
import { networkPolicies } from '../components/network-policies.ts';
import type { DrillPlan } from '../drill/drill-plan.ts';
import type { Installation } from '../installation/installation.ts';
import { drillTrafficOf } from '../plan/traffic.ts';
import type { Layer } from './layer.ts';

/** A namespace of its own, with everything that the drill needs and nothing else. */
export function drillLayer(installation: Installation, plan: DrillPlan): Layer {
  return {
    plan: {
      name: 'drill',
      after: ['database'],
      // The claim of its history is bound by the first drill, which may be a week away.
      readiness: { kind: 'applied' },
      keepsObjects: false,
      timeout: '5m',
    },
    build: (chart) => {
      plainNamespace(chart, plan.namespace);
      if (installation.network.policies) {
        networkPolicies(chart, { namespace: plan.namespace, ...drillTrafficOf(installation, plan) });
      }
      drill(chart, plan);
    },
  };
}
