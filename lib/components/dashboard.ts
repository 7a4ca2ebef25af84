import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Dashboards } from '../installation/platform.ts';
import { KubeConfigMap } from '../kubernetes/api.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { dashboardFile, dashboardName } from '../names.ts';
import type { Panel } from '../plan/dashboard.ts';

/** A dashboard of Grafana, in the way that the Grafana of the cluster takes it. */
export function dashboard(
  scope: Construct,
  props: {
    readonly namespace: string;
    /** Name of the installation. */
    readonly installation: string;
    readonly dashboards: Dashboards;
    readonly panels: readonly Panel[];
  },
): void {
  const { namespace, installation, dashboards, panels } = props;
  const json = `${JSON.stringify(modelOf(installation, panels), null, 2)}\n`;
  const metadata = { name: dashboardName, namespace };
  switch (dashboards.kind) {
    case 'configMap':
      new KubeConfigMap(scope, 'dashboard', {
        metadata: { ...metadata, labels: { ...ownLabels, ...dashboards.labels } },
        data: { [dashboardFile]: json },
      });
      break;
    case 'grafanaDashboard':
      // Its type is written out here, not generated: https://grafana.github.io/grafana-operator/docs/api/#grafanadashboard
      new ApiObject(scope, 'dashboard', {
        apiVersion: 'grafana.integreatly.org/v1beta1',
        kind: 'GrafanaDashboard',
        metadata: { ...metadata, labels: ownLabels },
        spec: {
          allowCrossNamespaceImport: true,
          instanceSelector: { matchLabels: { ...dashboards.instanceLabels } },
          json,
        },
      });
      break;
  }
}

/** https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
function modelOf(installation: string, panels: readonly Panel[]) {
  // Without braces, which Flux takes for variables of its own.
  const datasource = { type: 'prometheus', uid: '$datasource' };
  return {
    uid: `immich-${installation}`.slice(0, 40),
    title: `Immich ${installation}`,
    tags: ['immich'],
    schemaVersion: 39,
    editable: false,
    refresh: '1m',
    time: { from: 'now-24h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map(({ title, unit, queries }, index) => ({
      id: index + 1,
      type: 'timeseries',
      title,
      datasource,
      gridPos: { x: (index % 2) * 12, y: Math.floor(index / 2) * 8, w: 12, h: 8 },
      fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
      targets: queries.map(({ expression, legend }, query) => ({
        refId: String.fromCharCode(65 + query),
        datasource,
        expr: expression,
        legendFormat: legend,
      })),
    })),
  };
}
