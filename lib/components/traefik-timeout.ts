import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { stringify } from 'yaml';
import { ownLabels } from '../kubernetes/labels.ts';

/** The values of Traefik's Helm chart that let an upload take longer than a minute. */
export function traefikValues(entryPoint: string, readTimeout: string): string {
  const respondingTimeouts = { readTimeout, idleTimeout: '600s' };
  return stringify({ ports: { [entryPoint]: { transport: { respondingTimeouts } } } });
}

/** Sets the read timeout of the Traefik that k3s brings: https://docs.k3s.io/helm#customizing-packaged-components-with-helmchartconfig */
export function traefikTimeout(
  scope: Construct,
  props: { readonly entryPoint: string; readonly readTimeout: string },
): void {
  new ApiObject(scope, 'helm-chart-config', {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChartConfig',
    metadata: { name: 'traefik', namespace: 'kube-system', labels: ownLabels },
    spec: { valuesContent: traefikValues(props.entryPoint, props.readTimeout) },
  });
}
