import { instanceLabels, serviceOf } from '../cnpg/names.ts';
import { sourceNamespaceOf } from '../installation/delivery.ts';
import { doorNamespacesOf } from '../installation/door.ts';
import type { ExtraVolume } from '../installation/extra-volumes.ts';
import type { Installation } from '../installation/installation.ts';
import { learningPoolsOf } from '../installation/machine-learning.ts';
import type { External } from '../manifests/known.ts';
import { longhornNamespace } from '../names.ts';
import type { Plan } from '../plan/plan.ts';

/** What exists in a Kubernetes cluster without being in dist, because the installation file says so. */
export function externalsOf(plan: Plan, cluster: string): External[] {
  const { installation } = plan;
  const { namespace, clusters, flux, route, volumes } = installation;
  const secrets = plan.secrets
    .filter((secret) => secret.cluster === cluster)
    .map(({ namespace, name, keys }): External => ({ kind: 'Secret', apiGroup: '', namespace, name, keys }))
    .concat(madeByDrill(plan, cluster));
  const namespaces = namespacesOf(installation)
    .filter((name) => name !== namespace || installation.sharedNamespace)
    .map((name): External => ({ kind: 'Namespace', apiGroup: '', name }));
  const source: External = {
    kind: flux.source.kind,
    namespace: sourceNamespaceOf(flux),
    name: flux.source.name,
  };
  const before = flux.dependsOn.map(
    ({ name, namespace = flux.namespace }): External => ({
      kind: 'Kustomization',
      apiGroup: 'kustomize.toolkit.fluxcd.io',
      namespace,
      name,
    }),
  );
  const others = installation.exists.flatMap(({ kind, name, namespace: other }): External[] =>
    // Whether a kind has namespaces is not known here.
    (other === undefined ? [namespace, ''] : [other]).map((place) => ({ kind, name, namespace: place })),
  );
  if (cluster !== clusters.app) return [...secrets, ...namespaces, source, ...before, ...others];
  const claims = Object.values(volumes).flatMap((volume): External[] =>
    volume?.kind === 'existing'
      ? [{ kind: 'PersistentVolumeClaim', apiGroup: '', namespace, name: volume.claim }]
      : [],
  );
  const libraries = Object.values(installation.externalLibraries).flatMap((library): External[] =>
    library.kind === 'existing'
      ? [{ kind: 'PersistentVolumeClaim', apiGroup: '', namespace, name: library.claim }]
      : [],
  );
  const extra = extraVolumesOf(installation).flatMap((volume): External[] =>
    volume.kind === 'claim'
      ? [{ kind: 'PersistentVolumeClaim', apiGroup: '', namespace, name: volume.claim }]
      : volume.kind === 'configMap'
        ? [{ kind: 'ConfigMap', apiGroup: '', namespace, name: volume.configMap }]
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
    ...before,
    ...others,
    ...claims,
    ...libraries,
    ...extra,
    ...middlewares,
    ...issuers,
    ...existingClusterOf(installation),
  ];
}

/** What CloudNativePG makes while a drill runs. Its Cluster stands in no manifest of its own, but in a ConfigMap. */
function madeByDrill({ installation, drill }: Plan, cluster: string): External[] {
  return drill === undefined || cluster !== installation.clusters.database
    ? []
    : [
        {
          kind: 'Secret',
          apiGroup: '',
          namespace: drill.namespace,
          name: `${drill.database}-app`,
          keys: ['username', 'password'],
        },
        {
          kind: 'Pod',
          apiGroup: '',
          namespace: drill.namespace,
          name: drill.database,
          podLabels: instanceLabels(drill.database),
        },
      ];
}

/** The further volumes of all components. */
function extraVolumesOf({ server, machineLearning, valkey }: Installation): ExtraVolume[] {
  const [learning] = learningPoolsOf(machineLearning);
  return [
    server,
    ...(learning === undefined ? [] : [learning.pods]),
    ...(valkey.kind === 'own' ? [valkey] : []),
  ].flatMap(({ volumes }) => Object.values(volumes ?? {}));
}

/** A Cluster that others own, with the Service that CloudNativePG makes for it. */
function existingClusterOf({ database }: Installation): External[] {
  if (database.kind !== 'external' || database.cluster === undefined) return [];
  const { name, namespace } = database.cluster;
  return [
    { kind: 'Namespace', apiGroup: '', name: namespace },
    { kind: 'Cluster', apiGroup: 'postgresql.cnpg.io', namespace, name },
    { kind: 'Service', apiGroup: '', namespace, name: serviceOf(name, 'rw') },
  ];
}

/** The namespaces of other programs that we put objects into, or name in a policy. */
function namespacesOf(installation: Installation): string[] {
  const { flux, monitoring, namespace, network, route, sharedNamespace } = installation;
  return [
    ...(sharedNamespace ? [namespace] : []),
    'kube-system',
    longhornNamespace,
    (installation.argocd ?? flux).namespace,
    monitoring.namespace,
    network.operatorNamespace,
  ].concat(doorNamespacesOf(route.door));
}

function issuerOf(
  { issuer, name }: { issuer: 'ClusterIssuer' | 'Issuer'; name: string },
  namespace: string,
): External {
  return { kind: issuer, apiGroup: 'cert-manager.io', name, ...(issuer === 'Issuer' ? { namespace } : {}) };
}
