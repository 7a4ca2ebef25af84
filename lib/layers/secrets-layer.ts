import { externalSecrets } from '../components/external-secrets.ts';
import type { Plan } from '../plan/plan.ts';
import type { Layer } from './layer.ts';

/** The Secrets of a cluster that External Secrets makes, without those of the drill, which are in its own layer. */
function madeSecrets({ installation, secrets, drill }: Plan, cluster: string) {
  return installation.secrets.kind === 'byHand'
    ? []
    : secrets.filter((one) => one.cluster === cluster && one.namespace !== drill?.namespace);
}

/** Whether there is anything in it: Flux takes no empty layer. */
export function hasSecretsLayer(plan: Plan, cluster: string): boolean {
  return madeSecrets(plan, cluster).length > 0;
}

/** What makes the Secrets, before all that reads them. */
export function secretsLayer(plan: Plan, cluster: string): Layer {
  const { secrets } = plan.installation;
  return {
    plan: {
      name: 'secrets',
      after: ['namespace'],
      readiness: { kind: 'objects' },
      keepsObjects: true,
      timeout: '5m',
    },
    build: (chart) => {
      if (secrets.kind === 'externalSecrets') externalSecrets(chart, secrets, madeSecrets(plan, cluster));
    },
  };
}
