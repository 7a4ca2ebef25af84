import { PrometheusRule, PrometheusRuleSpecGroupsRulesExpr } from '@cdk8s/imports-monitoring';
import type { Construct } from 'constructs';
import type { Monitoring } from '../installation/platform.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import type { Alert, AlertGroup } from '../plan/alerts/alert.ts';

/** The rule that holds a group of alerts. */
export function alerts(
  scope: Construct,
  props: AlertGroup & {
    readonly namespace: string;
    readonly monitoring: Monitoring;
    /** Path of the runbook inside the repository, for where no address of it is known. */
    readonly runbook: string;
  },
): void {
  const { name, namespace, monitoring, runbook, alerts } = props;
  new PrometheusRule(scope, `${name}-alerts`, {
    metadata: { name, namespace, labels: { ...ownLabels, ...monitoring.labels } },
    spec: {
      groups: [
        {
          name,
          rules: alerts.map((alert) => ({
            alert: alert.name,
            expr: PrometheusRuleSpecGroupsRulesExpr.fromString(alert.expression),
            for: alert.patience,
            labels: { severity: alert.severity },
            annotations: { summary: alert.summary, ...whatToDo(alert, monitoring.runbook, runbook) },
          })),
        },
      ],
    },
  });
}

/** `runbook_url` is what Alertmanager, Grafana and others make a link of, so that it must lead somewhere. */
function whatToDo({ name }: Alert, address: string | undefined, path: string) {
  return {
    ...present({ runbook_url: address && `${address}#${name.toLowerCase()}` }),
    ...(address === undefined ? { runbook: path } : {}),
  };
}
