import { PodMonitor } from '@cdk8s/imports-monitoring';
import type { Construct } from 'constructs';
import type { Monitoring } from '../installation/platform.ts';
import { ownLabels } from '../kubernetes/labels.ts';

/** A monitor that has Prometheus read the metrics of one component's pods. */
export function podMonitor(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly selector: { readonly [label: string]: string };
    /** Names of the ports that serve metrics. */
    readonly ports: readonly string[];
    readonly monitoring: Monitoring;
  },
): void {
  const { name, namespace, selector, ports, monitoring } = props;
  new PodMonitor(scope, `${name}-monitor`, {
    metadata: { name, namespace, labels: { ...ownLabels, ...monitoring.labels } },
    spec: {
      selector: { matchLabels: { ...selector } },
      podMetricsEndpoints: ports.map((port) => ({ port })),
    },
  });
}
