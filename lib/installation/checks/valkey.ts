import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import type { Installation } from '../installation.ts';
import { checkFreeVariables } from './environment.ts';

/** No variable of Valkey is a secret, and one whose address stands in a Secret has a way that is opened by hand. */
export function checkValkey({ network, valkey }: Installation, at: Place): void {
  if (valkey.kind === 'own') {
    checkFreeVariables(valkey, at.in('valkey'));
    return;
  }
  if (valkey.by === 'host' || !network.policies) return;
  if (network.egress.some(({ from }) => from === 'server')) return;
  at.in('valkey', 'external', 'url').error(
    `Where the address in the Secret ${quote(valkey.url.secret)} leads is not known here, and network policies keep Immich from it. Write network: { egress: [{ from: server, to: { namespace: valkey }, ports: [6379], why: "Valkey" }] }, or its { cidr }, with the port that it listens on.`,
  );
}
