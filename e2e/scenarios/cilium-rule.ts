import type { Value } from '../../lib/manifests/manifest.ts';
import { at, listAt, textAt } from '../control-plane/value.ts';
import { type CiliumEntity, type Endpoint, matches } from './endpoint.ts';

/**
 * Whether a rule of a CiliumNetworkPolicy lets a connection through, as far as our own use the language.
 * https://docs.cilium.io/en/stable/security/policy/language/
 */
export function ciliumAllows(rule: Value, peer: Endpoint, port: number, protocol: string): boolean {
  const entities = [...listAt(rule, 'toEntities'), ...listAt(rule, 'fromEntities')];
  const isPeer =
    entities.some((entity) => entity === entityOf(peer)) ||
    listAt(rule, 'toFQDNs').some((name) => isName(name, peer)) ||
    listAt(rule, 'toEndpoints').some((selector) => isEndpoint(selector, peer));
  return (
    isPeer &&
    listAt(rule, 'toPorts').some((each) =>
      listAt(each, 'ports').some(
        (one) => textAt(one, 'port') === String(port) && textAt(one, 'protocol') === protocol,
      ),
    )
  );
}

/** Whether it is neither a node, nor the API server, nor a pod, which are all that Cilium matches by address. */
export function isWorld(endpoint: Endpoint): boolean {
  return entityOf(endpoint) === 'world';
}

function entityOf(endpoint: Endpoint): CiliumEntity | undefined {
  return endpoint.kind === 'pod' ? undefined : (endpoint.entity ?? 'world');
}

/** A name is matched by what it was looked up as; a star stands for characters other than a dot. */
function isName(name: Value, peer: Endpoint): boolean {
  if (peer.kind === 'pod' || peer.host === undefined || !isWorld(peer)) return false;
  const pattern = textAt(name, 'matchPattern').replaceAll('.', '\\.').replaceAll('*', '[^.]*');
  return (
    textAt(name, 'matchName') === peer.host || (pattern !== '' && new RegExp(`^${pattern}$`).test(peer.host))
  );
}

/** Labels of pods, among which Cilium has the namespace. */
function isEndpoint(selector: Value, peer: Endpoint): boolean {
  if (peer.kind !== 'pod') return false;
  const namespace = peer.namespace.metadata?.name ?? '';
  const labels = { ...peer.labels, 'k8s:io.kubernetes.pod.namespace': namespace };
  return at(selector, 'matchLabels') !== undefined && matches(selector, labels);
}
