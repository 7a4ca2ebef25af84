import type { Place } from '../../schema/place.ts';
import { drillNamespaceOf } from '../drill-namespace.ts';
import type { Installation } from '../installation.ts';

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
  if (taken.includes(namespace)) {
    at.in('namespace').error(
      `"${namespace}" belongs to other programs, and Immich's network policies would cut them off. Write a namespace of Immich's own, such as immich.`,
    );
  }
  const drill = drillNamespaceOf(installation);
  if (drill !== undefined && [...taken, namespace].includes(drill)) {
    at.in('database', 'cnpg', 'backup', 'drill', 'namespace').error(
      `"${drill}" is not the drill's alone, and a drill must not come near to anything that it could harm. Write a namespace of its own, such as immich-drill.`,
    );
  }
}
