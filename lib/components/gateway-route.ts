import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { RouteSection } from '../../imports/sections.ts';
import type { DoorOf } from '../installation/door.ts';
import { Properties } from '../installation/properties.ts';
import type { Route } from '../installation/route.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';
import { describedRoute } from './described-route.ts';

/** What a route of the Gateway API is made of. */
export interface GatewayRouteProps {
  /** Namespace of the route and of the Service. */
  readonly namespace: string;
  /** DNS name under which Immich is reached. */
  readonly host: string;
  /**
   * Further DNS names.
   * @default []
   */
  readonly hosts?: readonly string[];
  /** The Service behind it, and its port by number: the handles `name` and `port` of `ImmichServer`. */
  readonly service: { readonly name: string; readonly port: number };
  /**
   * Name of the HTTPRoute.
   * @default immich
   */
  readonly name?: string;
  /** The section `route` of an installation file, with a `gateway`. */
  readonly route: RouteSection | Checked<Route>;
}

/**
 * The way in by Gateways of others, which have the certificate and redirect from HTTP.
 *
 * @example
 * const parents = [{ name: 'external', namespace: 'network', section: 'https' }];
 * const reached = { namespace: 'photos', host: 'photos.example.net', service: { name: server.name, port: server.port } };
 * new GatewayRoute(chart, 'gateway', { ...reached, route: { gateway: { class: 'envoy', parents } } });
 */
export class GatewayRoute extends Construct {
  /** What a browser and a phone are given. */
  readonly url: string;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: GatewayRouteProps) {
    super(scope, id);
    const properties = new Properties(`GatewayRoute ${quote(id)}`);
    const { name, namespace, hosts, door, service } = describedRoute(properties, props, 'gateway');
    this.warnings = properties.warnings;
    this.url = `https://${props.host}`;
    // The object is written as it is, as those of Cilium are, for the sake of start-up. Its definition in
    // `imports/gateway/` holds it in tests.
    new ApiObject(this, 'route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name, namespace, labels: ownLabels },
      spec: {
        parentRefs: door.parents.map(({ name, namespace, section }) => ({
          name,
          namespace,
          ...present({ sectionName: section }),
        })),
        hostnames: hosts,
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [{ name: service.name, port: service.port }],
            ...(obeysTimeouts(door) ? { timeouts: { request: '0s', backendRequest: '0s' } } : {}),
          },
        ],
      },
    });
  }
}

/**
 * Whether the program behind a Gateway obeys the timeouts of a route. Without them Envoy cuts off what is answered for
 * longer than 15 seconds, such as a download; others refuse a route that has them, or do nothing.
 * https://github.com/kubernetes-sigs/gateway-api/tree/main/conformance/reports
 * https://gateway.envoyproxy.io/docs/tasks/traffic/http-timeouts/
 */
function obeysTimeouts(door: DoorOf<'gateway'>): boolean {
  return ['envoy', 'cilium', 'istio', 'kgateway'].includes(door.class);
}
