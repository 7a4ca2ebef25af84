import type { Place } from '../../schema/place.ts';
import { drillNamespaceOf } from '../drill-namespace.ts';
import type { Installation } from '../installation.ts';

/** Namespaces that Kubernetes and Longhorn have for themselves. */
const ownedByOthers = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'longhorn-system'];

/** Our namespaces have policies that deny everything else, so nobody else may live there. */
export function checkNamespaces(installation: Installation, at: Place): void {
  const { namespace, flux, monitoring, network, route } = installation;
  const taken = [
    ...ownedByOthers,
    ...route.traefik.namespaces,
    flux.namespace,
    monitoring.namespace,
    network.operatorNamespace,
  ];
  checkOwnNamespace(namespace, at.in('namespace'), taken);
  const drill = drillNamespaceOf(installation);
  if (drill !== undefined) {
    const place = at.in('database', 'cnpg', 'backup', 'drill', 'namespace');
    checkDrillNamespace(drill, place, [...taken, namespace]);
  }
}

/** A namespace in which everything is denied that Immich does not need. */
export function checkOwnNamespace(
  namespace: string,
  at: Place,
  taken: readonly string[] = ownedByOthers,
): void {
  if (taken.includes(namespace)) {
    at.error(
      `"${namespace}" belongs to other programs, and Immich's network policies would cut them off. Write a namespace of Immich's own, such as immich.`,
    );
  }
}

/** A namespace in which databases are made and deleted. */
export function checkDrillNamespace(
  namespace: string,
  at: Place,
  taken: readonly string[] = ownedByOthers,
): void {
  if (taken.includes(namespace)) {
    at.error(
      `"${namespace}" is used by others, and a drill must not come near anything that it could harm. Write a namespace of its own, such as immich-drill.`,
    );
  }
}
