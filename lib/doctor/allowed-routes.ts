import type { Field } from '../manifests/field.ts';
import { selects } from '../manifests/selector.ts';

/** The namespace of a route, as a Gateway looks at it. */
export interface RouteNamespace {
  readonly name: string;
  /** Undefined where nobody may see them. */
  readonly labels: Readonly<Record<string, string>> | undefined;
}

/** What of `allowedRoutes.namespaces` keeps the routes of a namespace out. */
export type Barrier = 'other namespaces' | 'labels';

/**
 * Why a listener takes no routes of a namespace, as far as that is certain.
 * https://gateway-api.sigs.k8s.io/reference/spec/#routenamespaces
 */
export function barrierOf(
  listener: Field,
  gatewayNamespace: string | undefined,
  { name, labels }: RouteNamespace,
): Barrier | undefined {
  const allowed = listener.at('allowedRoutes', 'namespaces');
  // Same is what holds when nothing is said.
  switch (allowed.at('from').text ?? 'Same') {
    case 'Same':
      return gatewayNamespace === name ? undefined : 'other namespaces';
    case 'Selector':
      return labels === undefined || selects(allowed.at('selector'), labels) ? undefined : 'labels';
    default:
      return undefined;
  }
}
