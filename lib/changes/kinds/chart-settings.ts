import { type Comparison, type Draft, pairsOfKind } from '../comparison.ts';

/** Values for a chart that k3s brings along, Traefik's for one. https://docs.k3s.io/helm#customizing-packaged-components-with-helmchartconfig */
export function chartSettings(comparison: Comparison): Draft[] {
  return pairsOfKind(comparison, 'helm.cattle.io', 'HelmChartConfig').map((pair) => {
    const chart = `${pair.namespace ?? ''}/${pair.name}`;
    const what = pair.before === undefined ? 'add' : pair.after === undefined ? 'remove' : 'change';
    const said = {
      add: `k3s gets values for its ${pair.name} (${chart})`,
      remove: `k3s loses these values for its ${pair.name} (${chart}), and goes back to its own, of which a short time-out of uploads is one`,
      change: `k3s gets other values for its ${pair.name} (${chart})`,
    };
    return {
      grade: 'steps',
      topic: 'traffic',
      what,
      key: ['route', 'traefik'],
      sentence: `${said[what]}: it is rolled out anew, and connections of everything that it serves break off once. A cluster has one such object of a name, so that what somebody else wrote there is replaced.`,
      steps: [
        `Before merging: kubectl get helmchartconfigs.helm.cattle.io ${pair.name} --namespace ${pair.namespace ?? ''} must show nothing that is not in this one.`,
      ],
      pairs: [pair],
    } as const;
  });
}
