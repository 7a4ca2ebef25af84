import { traefikValues } from '../../lib/components/traefik-timeout.ts';
import type { Installation } from '../../lib/installation/installation.ts';

/** Said where the HelmChartConfig of k3s's Traefik is new: an older one of somebody else would be written over. */
export function k3sNote(installations: readonly Installation[]): string[] {
  const own = installations.flatMap(({ name, route: { door } }) =>
    door.kind === 'traefik' && door.k3s ? [{ name, door }] : [],
  );
  const [first] = own;
  if (first === undefined) return [];
  const { entryPoints, readTimeout } = first.door;
  const values = traefikValues(entryPoints.websecure, readTimeout).trimEnd().split('\n');
  return [
    [
      `A HelmChartConfig for the Traefik of k3s is written (${own.map(({ name }) => name).join(', ')}), and a cluster has only one. Whether it is there already says`,
      '    kubectl get helmchartconfigs.helm.cattle.io traefik --namespace kube-system',
      'Where it is, write route: { traefik: { k3s: false } }, and merge this into its spec.valuesContent:',
      ...values.map((line) => `    ${line}`),
    ].join('\n'),
  ];
}
