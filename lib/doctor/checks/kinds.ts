import { apiGroupOf } from '../../manifests/api-group.ts';
import { isKustomizeFile } from '../../manifests/views/layer.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWell } from '../finding.ts';
import { live } from '../live.ts';
import { apiPath } from '../path.ts';

/** Whether the API server knows every kind of object that dist has, in the version that dist has it in. */
export const kinds: Check = {
  id: 'kinds',
  title: 'Kinds of objects and their operators',
  isOfLife: false,
  look: async ({ manifests }, cluster) => {
    const wanted = new Map<string, Set<string>>();
    for (const manifest of manifests) {
      if (isKustomizeFile(manifest)) continue;
      const { apiVersion, kind } = manifest.object;
      wanted.set(apiVersion, (wanted.get(apiVersion) ?? new Set()).add(kind));
    }
    const all = [...wanted].map(([apiVersion, names]) => lookAt(apiVersion, [...names].sort(), cluster));
    return (await Promise.all(all)).flat();
  },
};

async function lookAt(
  apiVersion: string,
  names: readonly string[],
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const group = apiGroupOf(apiVersion);
  const mend = programs[group] ?? `Install what serves ${apiVersion}.`;
  return judge(await cluster.get(apiPath(apiVersion)), `The kinds of ${apiVersion}`, {
    seen: (value) => {
      const served = live(value)
        .at('resources')
        .items.flatMap((resource) => resource.at('kind').text ?? []);
      const missing = names.filter((name) => !served.includes(name));
      return missing.length === 0
        ? [sayWell(`${apiVersion} is served: ${names.join(', ')}.`)]
        : [sayError(`${enumerate(missing)} of ${apiVersion}: not served, and in dist.`, mend)];
    },
    absent: () => [sayError(`${apiVersion} is not served, and dist has ${enumerate(names)} of it.`, mend)],
  });
}

/** Who serves a group of kinds, and what to do where it is missing. */
const programs: { readonly [group: string]: string } = {
  'postgresql.cnpg.io':
    'Install the CloudNativePG operator: https://cloudnative-pg.io/documentation/current/installation_upgrade/',
  'barmancloud.cnpg.io':
    'Install the Barman Cloud plugin, into the namespace of the operator: https://cloudnative-pg.io/plugin-barman-cloud/docs/installation/',
  'cert-manager.io': 'Install cert-manager: https://cert-manager.io/docs/installation/',
  'traefik.io':
    'Install Traefik 3 with its CRDs: https://doc.traefik.io/traefik/getting-started/install-traefik/',
  'helm.cattle.io': 'This kind is of k3s. Elsewhere write route: { traefik: { k3s: false } }.',
  'volsync.backube': 'Install VolSync: https://volsync.readthedocs.io/en/stable/installation/',
  'longhorn.io': 'Install Longhorn: https://longhorn.io/docs/latest/deploy/install/',
  'external-secrets.io':
    'Install External Secrets: https://external-secrets.io/latest/introduction/getting-started/',
  'gateway.networking.k8s.io':
    'Install the Gateway API: https://gateway-api.sigs.k8s.io/guides/#installing-gateway-api',
  'cilium.io': 'The network of this cluster is not Cilium. Write network: { flavor: kubernetes }.',
  'monitoring.coreos.com':
    'Install the Prometheus operator: https://prometheus-operator.dev/docs/getting-started/installation/ Or write monitoring: { enabled: false }.',
  'grafana.integreatly.org':
    "Install the Grafana operator: https://grafana.github.io/grafana-operator/docs/installation/ Or write monitoring: { dashboards: { configMap: {} } } for Grafana's sidecar.",
  'argoproj.io': 'Install Argo CD: https://argo-cd.readthedocs.io/en/stable/getting_started/',
  'kustomize.toolkit.fluxcd.io': 'Install Flux: https://fluxcd.io/flux/installation/',
  'admissionregistration.k8s.io':
    'Kubernetes has it from 1.30 on. Update it, or write protection: { admission: false }.',
};
