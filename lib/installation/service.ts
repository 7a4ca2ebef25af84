import { list, record } from '../schema/list.ts';
import { defaulting, mapping, optional } from '../schema/mapping.ts';
import { anyText, choice } from '../schema/scalar.ts';
import { type Read, refine } from '../schema/schema.ts';
import { quote } from '../text/quoting.ts';
import { cidr, labelName } from './texts.ts';

/** How a component is found by its Service. */
export type ServiceSettings = Read<typeof innerService>;

const annotations = defaulting(
  record(labelName, anyText),
  {},
  'Annotations of the Service, which load balancers and operators read.',
);

/** A Service that only pods of the same Kubernetes cluster reach. */
export const innerService = mapping({ annotations });

/** The Service of the server, which may be a door of its own. */
export const outerService = refine(
  mapping({
    annotations,
    type: defaulting(
      choice('ClusterIP', 'LoadBalancer', 'NodePort'),
      'ClusterIP',
      'Whether it is reached from outside too, without TLS and past the route. network.clients says who may.',
    ),
    loadBalancerClass: optional(anyText, 'Which load balancer, such as tailscale.'),
    loadBalancerSourceRanges: defaulting(list(cidr), [], 'Addresses that the load balancer lets in.'),
  }),
  (read, at) => {
    for (const key of ['loadBalancerClass', 'loadBalancerSourceRanges'] as const) {
      const isWritten =
        key === 'loadBalancerClass' ? read[key] !== undefined : read.loadBalancerSourceRanges.length > 0;
      if (isWritten && read.type !== 'LoadBalancer') {
        at.in(key).error(`${quote(read.type)} has no load balancer. Write type: LoadBalancer, or remove it.`);
      }
    }
    return read;
  },
);
