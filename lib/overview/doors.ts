import type { Installation } from '../installation/installation.ts';
import { peerOf } from '../plan/peers.ts';
import { proxiesOf } from '../plan/proxies.ts';

/** By whom people come in: the proxy, or where there is none of ours whoever may connect to the server. */
export function doorsOf(installation: Installation): string[] {
  const proxies = proxiesOf(installation).map(({ peer }) => peer.name);
  const clients = installation.network.clients.map(({ from }) => peerOf(from).name);
  return [...new Set(proxies.length > 0 ? proxies : clients)];
}

/** What stands in the box of a door: the Gateways that it is, and the hosts that it answers for. */
export function doorDetailsOf({ route: { door }, host, hosts }: Installation): string[] {
  const gateways = door.kind === 'gateway' ? door.parents.map(({ name }) => `Gateway ${name}`) : [];
  return [...new Set([...gateways, host, ...hosts.map((other) => other.host)])];
}
