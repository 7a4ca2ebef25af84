import type { Construct } from 'constructs';
import { IntOrString, KubeService } from './api.ts';
import { ownLabels, selectorOf } from './labels.ts';
import type { Port } from './workload.ts';

/** A Service inside the cluster for the pods of one component, on the ports that they have. */
export function service(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly ports: readonly Port[];
  },
): KubeService {
  const { name, namespace, ports } = props;
  return new KubeService(scope, `${name}-service`, {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(name),
      ports: ports.map((port) => ({
        name: port.name,
        port: port.number,
        targetPort: IntOrString.fromString(port.name),
      })),
    },
  });
}
