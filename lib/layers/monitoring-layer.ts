import type { Construct } from 'constructs';
import { instanceLabels, podRoleLabel } from '../cnpg/names.ts';
import { alerts } from '../components/alerts.ts';
import { dashboard } from '../components/dashboard.ts';
import { podMonitor } from '../components/monitors.ts';
import { distPathOf } from '../installation/delivery.ts';
import { selectorOf } from '../kubernetes/labels.ts';
import { metricsPorts, microservicesName, serverName } from '../names.ts';
import { panelsOf } from '../plan/dashboard.ts';
import type { Plan } from '../plan/plan.ts';
import type { Layer } from './layer.ts';

/** A layer of its own, since its kinds exist only where the Prometheus operator does. */
export function monitoringLayer(plan: Plan, cluster: string, hasDatabase: boolean): Layer {
  const { installation } = plan;
  const { namespace, monitoring, server, database, clusters } = installation;
  const isApp = cluster === clusters.app;
  const monitor = (chart: Construct, name: string, ports: readonly string[]) =>
    podMonitor(chart, { name, namespace, selector: selectorOf(name), ports, monitoring });
  return {
    plan: {
      name: 'monitoring',
      after: ['namespace'],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '5m',
    },
    build: (chart) => {
      const [api, jobs] = metricsPorts;
      if (isApp && server.microservices.separate) {
        monitor(chart, serverName, [api.name]);
        monitor(chart, microservicesName, [jobs.name]);
      } else if (isApp) {
        monitor(chart, serverName, [api.name, jobs.name]);
      }
      if (hasDatabase && database.kind === 'cnpg') {
        const { name } = database.cnpg;
        const selector = { ...instanceLabels(name), [podRoleLabel]: 'instance' };
        podMonitor(chart, {
          name,
          namespace,
          selector,
          ports: ['metrics'],
          monitoring,
        });
      }
      const panels = panelsOf(installation, plan, cluster);
      if (monitoring.dashboards !== 'none' && panels.length > 0) {
        dashboard(chart, {
          namespace,
          installation: installation.name,
          dashboards: monitoring.dashboards,
          panels,
        });
      }
      for (const group of plan.alerts) {
        const runbook = `${distPathOf(installation).replace(/^\.\//, '')}/${installation.name}/RUNBOOK.md`;
        if (group.cluster === cluster) alerts(chart, { ...group, namespace, monitoring, runbook });
      }
    },
  };
}
