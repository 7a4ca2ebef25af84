import { externalSecrets } from '../components/external-secrets.ts';
import { encryptedFolderOf } from '../plan/encrypted-secrets.ts';
import type { Plan } from '../plan/plan.ts';
import { secretsToMake } from '../plan/secrets.ts';
import type { Layer, LayerPlan } from './layer.ts';

/**
 * The Secrets of a cluster that no person makes there: those of the drill's namespace, or all others, which are in that
 * of Immich but for the login in the namespace of a Cluster of others.
 */
function madeSecrets(plan: Plan, cluster: string, namespace: string) {
  const { installation, drill } = plan;
  return installation.secrets.kind === 'byHand'
    ? []
    : secretsToMake(plan).filter(
        (one) =>
          one.cluster === cluster &&
          (namespace === installation.namespace
            ? one.namespace !== drill?.namespace
            : one.namespace === namespace),
      );
}

/** Whether there is anything in it: Flux takes no empty layer. */
export function hasSecretsLayer(plan: Plan, cluster: string): boolean {
  return madeSecrets(plan, cluster, plan.installation.namespace).length > 0;
}

/** What makes the Secrets, before all that reads them. */
export function secretsLayer(plan: Plan, cluster: string): Layer {
  const { namespace, secrets } = plan.installation;
  const layer: LayerPlan = {
    name: 'secrets',
    after: ['namespace'],
    readiness: { kind: 'objects' },
    keepsObjects: true,
    timeout: '5m',
  };
  return secrets.kind === 'sops'
    ? { plan: { ...layer, encrypted: encryptedOf(secrets, cluster, namespace) } }
    : {
        plan: layer,
        build: (chart) => {
          if (secrets.kind === 'externalSecrets') {
            externalSecrets(chart, secrets, madeSecrets(plan, cluster, namespace));
          }
        },
      };
}

/** The encrypted Secrets of the drill, after the layer that makes its namespace; none where they are not encrypted. */
export function drillSecretsLayers(plan: Plan, cluster: string): Layer[] {
  const { drill, installation } = plan;
  const { secrets } = installation;
  if (secrets.kind !== 'sops' || drill === undefined) return [];
  if (madeSecrets(plan, cluster, drill.namespace).length === 0) return [];
  const encrypted = encryptedOf(secrets, cluster, drill.namespace);
  return [
    {
      plan: {
        name: 'drill-secrets',
        after: ['drill'],
        readiness: { kind: 'objects' },
        keepsObjects: true,
        timeout: '5m',
        encrypted,
      },
    },
  ];
}

function encryptedOf(
  { folder, secret }: { readonly folder: string; readonly secret: string },
  cluster: string,
  namespace: string,
): LayerPlan['encrypted'] {
  return { folder: encryptedFolderOf(folder, { cluster, namespace }), key: secret };
}
