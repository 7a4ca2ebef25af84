import { externalSecrets } from '../components/external-secrets.ts';
import { FileDrill } from '../components/file-drill.ts';
import { plainNamespace } from '../components/namespace.ts';
import { NetworkPolicies } from '../components/network-policies.ts';
import { RestoreDrill } from '../components/restore-drill.ts';
import type { DrillPlan } from '../drill/drill-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { secretsToMake } from '../plan/secrets.ts';
import { drillTrafficOf } from '../plan/traffic.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';

/** A namespace of its own, with everything that the drill needs and nothing else. */
export function drillLayer({ installation, secrets, fileDrill }: Plan, plan: DrillPlan): Layer {
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
        new NetworkPolicies(chart, 'policies', {
          namespace: plan.namespace,
          flavor: installation.network.flavor,
          ...drillTrafficOf(installation, plan, fileDrill),
        });
      }
      if (installation.secrets.kind === 'externalSecrets') {
        const own = secretsToMake({ installation, secrets }).filter(
          ({ namespace }) => namespace === plan.namespace,
        );
        externalSecrets(chart, installation.secrets, own);
      }
      new RestoreDrill(chart, 'drill', {
        namespace: plan.namespace,
        version: new Checked(installation.version),
        cnpg: new Checked(plan.cnpg),
        image: new Checked(plan.image),
        name: plan.name,
        mediaLocation: new Checked(installation.mediaLocation),
        isStopped: installation.stopped,
      });
      if (fileDrill === undefined) return;
      new FileDrill(chart, 'file-drill', {
        namespace: fileDrill.namespace,
        cnpg: new Checked(fileDrill.cnpg),
        store: fileDrill.store,
        drill: fileDrill.drill,
        name: fileDrill.name,
      });
    },
  };
}
