import type { Cidr } from '../values/locations.ts';
import type { Installation } from './installation.ts';

/**
 * The proxies whose word Immich takes for where a request comes from: what the file says, else a Traefik on the host
 * network, whose addresses it knows. None means Immich's own default, the private networks, in which pods are.
 */
export function trustedProxiesOf({ server, route }: Pick<Installation, 'server' | 'route'>): readonly Cidr[] {
  const { door } = route;
  if (server.trustedProxies.length > 0) return server.trustedProxies;
  return door.kind === 'traefik' ? door.addresses : [];
}
