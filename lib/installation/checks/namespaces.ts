import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { backedUpOf, backupPathOf } from '../database.ts';
import { type Door, doorNamespacesOf } from '../door.ts';
import { drillNamespaceOf } from '../drill-namespace.ts';
import type { Installation } from '../installation.ts';

/** Namespaces that Kubernetes and Longhorn have for themselves. */
const ownedByOthers = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'longhorn-system'];

/** Our namespaces have policies that deny everything else, so nobody else may live there. */
export function checkNamespace(installation: Installation, at: Place): void {
  const { namespace, sharedNamespace } = installation;
  if (sharedNamespace) checkSharedNamespace(namespace, at.in('namespace'));
  else checkOwnNamespace(namespace, at.in('namespace'), namespacesOfOthers(installation));
}

/** Nor the proxy in front of Immich. */
export function checkNamespaceOfProxy({ namespace, sharedNamespace, route }: Installation, at: Place): void {
  const taken = proxyNamespacesOf(route.door).filter((one) => !ownedByOthers.includes(one));
  if (!sharedNamespace) checkOwnNamespace(namespace, at.in('namespace'), taken);
}

/** Nor anybody where the restore drill makes databases. */
export function checkNamespaceOfDrill(installation: Installation, at: Place): void {
  const { namespace, sharedNamespace, route } = installation;
  const drill = drillNamespaceOf(installation);
  if (drill === undefined) return;
  const place = at.in(...backupPathOf(installation.database), 'drill', 'namespace');
  if (sharedNamespace && !isDrillNamed(installation)) {
    place.error(
      `${quote(namespace)} is shared with others, and the restore drill makes a namespace of its own. Name it: drill: { namespace: ${drill} }.`,
    );
  }
  const taken = [...namespacesOfOthers(installation), ...proxyNamespacesOf(route.door), namespace];
  checkDrillNamespace(drill, place, taken);
}

function namespacesOfOthers({ flux, monitoring, network }: Installation): readonly string[] {
  return [...ownedByOthers, flux.namespace, monitoring.namespace, network.operatorNamespace];
}

/** Envoy Gateway may run its proxies beside a Gateway; only where it runs itself is surely not Immich's. */
function proxyNamespacesOf(door: Door): readonly string[] {
  const isBeside = door.kind === 'gateway' && door.class === 'envoy' && door.namespaces.length === 0;
  return isBeside ? ['envoy-gateway-system'] : doorNamespacesOf(door);
}

/** Asks once whether a namespace that is not the usual one is really Immich's alone. */
export function askWhetherShared(namespace: string, at: Place): void {
  if (namespace === 'immich') return;
  at.warning(
    `If other programs live in ${quote(namespace)}, the network policies and Pod Security here would cut them off. Write sharedNamespace: true if so, and sharedNamespace: false if not.`,
  );
}

/** A namespace of others, in which Immich may live too. */
function checkSharedNamespace(namespace: string, at: Place): void {
  if (!mayBeShared(namespace)) {
    at.error(
      `${quote(namespace)} belongs to the cluster itself. Write a namespace for programs such as Immich, such as media or immich.`,
    );
  }
}

function mayBeShared(namespace: string): boolean {
  return namespace === 'default' || !ownedByOthers.includes(namespace);
}

function isDrillNamed({ database }: Installation): boolean {
  const backup = backedUpOf(database)?.backup;
  if (backup === undefined || backup === 'none') return false;
  return backup.drill !== 'none' && backup.drill.namespace !== undefined;
}

/** A namespace in which everything is denied that Immich does not need. */
export function checkOwnNamespace(
  namespace: string,
  at: Place,
  taken: readonly string[] = ownedByOthers,
): void {
  if (taken.includes(namespace)) {
    at.error(
      `${quote(namespace)} belongs to other programs, and Immich's network policies would cut them off. Write a namespace of Immich's own, such as immich${mayBeShared(namespace) ? ', or sharedNamespace: true' : ''}.`,
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
      `${quote(namespace)} is used by others, and a drill must not come near anything that it could harm. Write a namespace of its own, such as immich-drill.`,
    );
  }
}
