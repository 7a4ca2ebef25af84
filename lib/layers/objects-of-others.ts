import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { isOfOthers, type ObjectOfOthers } from '../installation/exists.ts';

/**
 * Takes what others make out of what was built. Of most kinds nothing can be left to others by its name alone: they hold
 * data, guard it, or are Immich itself, and have keys of their own.
 */
export function takeOutObjectsOfOthers(
  scope: Construct,
  installation: { readonly exists: readonly ObjectOfOthers[]; readonly namespace: string },
): void {
  if (installation.exists.length === 0) return;
  for (const node of scope.node.findAll()) {
    if (!ApiObject.isApiObject(node) || !shareable.has(node.kind)) continue;
    const { kind, name, metadata } = node;
    if (isOfOthers(installation, { kind, name, namespace: metadata.namespace })) {
      node.node.scope?.node.tryRemoveChild(node.node.id);
    }
  }
}

const shareable: ReadonlySet<string> = new Set([
  'Certificate',
  'ConfigMap',
  'GrafanaDashboard',
  'HelmChartConfig',
  'Middleware',
  'PodMonitor',
  'PrometheusRule',
  'ServersTransport',
  'ServiceAccount',
  'ServiceMonitor',
  'StorageClass',
  'VolumeSnapshotClass',
]);
