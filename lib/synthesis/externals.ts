import type { Installation } from '../installation/installation.ts';
import { selectorOf } from '../kubernetes/labels.ts';
import type { External } from '../manifests/known.ts';
import { longhornNamespace } from '../names.ts';
import { drillPlanOf } from '../plan/drill.ts';
import { requiredSecrets } from '../plan/secrets.ts';
import { moverNameOf, volumeBackupsOf } from '../plan/volume-backups.ts';

/** What exists in a Kubernetes cluster without being in dist, because the installation file says so. */
export function externalsOf(installation: Installation, cluster: string): External[] {
  const { namespace, clusters, flux, route, volumes } = installation;
  const secrets = requiredSecrets(installation)
    .filter((secret) => secret.cluster === cluster)
    .map(({ namespace, name, keys }): External => ({ kind: 'Secret', apiGroup: '', namespace, name, keys }))
    .concat(madeByDrill(installation, cluster));
  const namespaces = namespacesOf(installation)
    .filter((name) => name !== namespace)
    .map((name): External => ({ kind: 'Namespace', apiGroup: '', name }));
  const source: External = {
    kind: flux.source.kind,
    namespace: flux.source.namespace ?? flux.namespace,
    name: flux.source.name,
  };
  if (cluster !== clusters.app) return [...secrets, ...namespaces, source];
  const claims = Object.values(volumes).flatMap((volume): External[] =>
    volume?.kind === 'existing'
      ? [{ kind: 'PersistentVolumeClaim', apiGroup: '', namespace, name: volume.claim }]
      : [],
  );
  const middlewares = [
    ...route.middlewares,
    ...(route.authentication === undefined ? [] : [route.authentication.middleware]),
  ].map((name): External => ({ kind: 'Middleware', apiGroup: 'traefik.io', namespace, name }));
  const issuers = route.certificate?.kind === 'issuer' ? [issuerOf(route.certificate, namespace)] : [];
  return [
    ...secrets,
    ...namespaces,
    source,
    ...claims,
    ...middlewares,
    ...issuers,
    ...moversOf(installation),
  ];
}

/** What CloudNativePG makes while a drill runs. Its Cluster stands in no manifest of its own, but in a ConfigMap. */
function madeByDrill(installation: Installation, cluster: string): External[] {
  const plan = cluster === installation.clusters.database ? drillPlanOf(installation) : undefined;
  return plan === undefined
    ? []
    : [
        {
          kind: 'Secret',
          apiGroup: '',
          namespace: plan.namespace,
          name: `${plan.database}-app`,
          keys: ['username', 'password'],
        },
        {
          kind: 'Pod',
          apiGroup: '',
          namespace: plan.namespace,
          name: plan.database,
          podLabels: { 'cnpg.io/cluster': plan.database },
        },
      ];
}

/** The pods that VolSync makes while it backs up. */
function moversOf(installation: Installation): External[] {
  return volumeBackupsOf(installation)
    .filter(({ backup }) => backup.kind === 'volsync')
    .map(({ claim }) => ({
      kind: 'Pod',
      apiGroup: '',
      namespace: installation.namespace,
      name: moverNameOf(claim),
      podLabels: selectorOf(moverNameOf(claim)),
    }));
}

/** The namespaces of other programs that we put objects into, or name in a policy. */
function namespacesOf({ flux, monitoring, network, route }: Installation): string[] {
  return [
    'kube-system',
    longhornNamespace,
    flux.namespace,
    monitoring.namespace,
    network.operatorNamespace,
  ].concat(route.traefik.namespaces);
}

function issuerOf(
  { issuer, name }: { issuer: 'ClusterIssuer' | 'Issuer'; name: string },
  namespace: string,
): External {
  return { kind: issuer, apiGroup: 'cert-manager.io', name, ...(issuer === 'Issuer' ? { namespace } : {}) };
}
