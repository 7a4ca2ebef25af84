import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { stringify } from 'yaml';
import { keptAnnotations } from '../kubernetes/data.ts';
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
    // Without it the values of the whole cluster's Traefik would go with Immich.
    metadata: { name: 'traefik', namespace: 'kube-system', labels: ownLabels, annotations: keptAnnotations },
    spec: { valuesContent: traefikValues(props.entryPoint, props.readTimeout) },
  });
}
