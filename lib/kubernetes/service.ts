import type { Construct } from 'constructs';
import { IntOrString, KubeService } from './api.ts';
import { ownLabels, selectorOf } from './labels.ts';
import { present } from './present.ts';
import type { Port } from './workload.ts';

/** What is said of a Service, which is inside of the cluster unless it has a type. */
export interface ServiceSettings {
  readonly annotations: { readonly [annotation: string]: string };
  readonly type?: 'ClusterIP' | 'LoadBalancer' | 'NodePort';
  readonly loadBalancerClass?: string | undefined;
  readonly loadBalancerSourceRanges?: readonly { readonly text: string }[];
}

/** A Service inside the cluster for the pods of one component, on the ports that they have. */
export function service(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly ports: readonly Port[];
    readonly settings: ServiceSettings;
  },
): KubeService {
  const { name, namespace, ports, settings } = props;
  const { annotations, type, loadBalancerClass, loadBalancerSourceRanges: ranges = [] } = settings;
  return new KubeService(scope, `${name}-service`, {
    metadata: {
      name,
      namespace,
      labels: ownLabels,
      ...(Object.keys(annotations).length > 0 ? { annotations: { ...annotations } } : {}),
    },
    spec: {
      type: type ?? 'ClusterIP',
      ...present({ loadBalancerClass }),
      ...(ranges.length > 0 ? { loadBalancerSourceRanges: ranges.map(({ text }) => text) } : {}),
      selector: selectorOf(name),
      ports: ports.map((port) => ({
        name: port.name,
        port: port.number,
        targetPort: IntOrString.fromString(port.name),
      })),
    },
  });
}
