import type { Place } from '../../schema/place.ts';
import type { Installation } from '../installation.ts';

const ownedByOthers = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'longhorn-system'];

/** Immich's namespace is managed whole, with policies that deny everything else, so nobody else may live there. */
export function checkNamespaces(installation: Installation, at: Place): void {
  const { namespace, flux, monitoring, network, route } = installation;
  const taken = [
    ...ownedByOthers,
    ...route.traefik.namespaces,
    flux.namespace,
    monitoring.namespace,
    network.operatorNamespace,
  ];
  if (taken.includes(namespace)) {
    at.in('namespace').error(
      `"${namespace}" belongs to other programs, and Immich's network policies would cut them off. Write a namespace of Immich's own, such as immich.`,
    );
  }
}
