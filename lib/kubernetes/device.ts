import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Gpu } from '../installation/gpu.ts';
import type { Placement } from '../installation/placement.ts';
import { type Container, KubeDeployment, Quantity } from './api.ts';
import { ownLabels } from './labels.ts';

/** What the pod and the container of a workload call the device that they share. */
const requestName = 'gpu';

/** Where a pod runs, so that it comes to a node with the card; what is written of the pod itself wins. */
export function withNodesOf(gpu: Gpu | undefined, placement: Placement): Placement {
  if (gpu === undefined) return placement;
  const nodeSelector = { ...gpu.nodeSelector, ...placement.nodeSelector };
  return {
    ...placement,
    runtimeClass: placement.runtimeClass ?? gpu.runtimeClass,
    nodeSelector: Object.keys(nodeSelector).length > 0 ? nodeSelector : undefined,
  };
}

/** The resources of a container, with the card. */
export function withDevice(resources: Container['resources'], gpu: Gpu | undefined): Container['resources'] {
  if (gpu === undefined) return resources;
  if (gpu.ask.kind === 'claim') return { ...resources, claims: [{ name: requestName }] };
  return { ...resources, limits: { ...resources?.limits, [gpu.ask.name]: Quantity.fromString('1') } };
}

/** A Deployment whose pods claim a card of a class; Kubernetes' types here are older than such claims. */
export class ClaimingDeployment extends KubeDeployment {
  override toJson(): unknown {
    const claims = [{ name: requestName, resourceClaimTemplateName: this.name }];
    return JsonPatch.apply(super.toJson(), JsonPatch.add('/spec/template/spec/resourceClaims', claims));
  }
}

/**
 * The template by which each pod claims a card of a class. It is written as it is, for the same reason.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
 */
export function claimTemplate(
  scope: Construct,
  { name, namespace, deviceClass }: { name: string; namespace: string; deviceClass: string },
): void {
  const requests = [{ name: requestName, exactly: { deviceClassName: deviceClass } }];
  new ApiObject(scope, `${name}-gpu`, {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaimTemplate',
    metadata: { name, namespace, labels: ownLabels },
    spec: { spec: { devices: { requests } } },
  });
}
