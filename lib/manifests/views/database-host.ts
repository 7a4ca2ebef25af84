import { serviceOf } from '../../cnpg/names.ts';
import { type Field, isUnknown } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import type { ContainerView } from './container.ts';
import { environment } from './environment.ts';
import { textOfVariable } from './key-text.ts';
import type { WorkloadView } from './workload.ts';

/** A host inside of Kubernetes: a Service by its name and namespace. */
export interface HostView {
  readonly name: string;
  readonly namespace: string | undefined;
  /** Where it is written, or where the secret that holds it is named. */
  readonly field: Field;
}

/** What a host name inside the cluster means: `immich-db-rw`, `immich-db-rw.database.svc.cluster.local`. */
export function hostOf(
  hostname: string,
  namespace: string | undefined,
): { name: string; namespace: string | undefined } {
  const [name = '', other, svc] = hostname.replace(/\.$/, '').split('.');
  return other !== undefined && (svc === undefined || svc === 'svc')
    ? { name, namespace: other }
    : { name, namespace };
}

/** The hosts at which a server looks for its database, where manifests tell; a Service that is an alias is followed. */
export function databaseHosts(
  inventory: Inventory,
  { workload, container }: { readonly workload: WorkloadView; readonly container: ContainerView },
): HostView[] {
  const variables = environment(inventory, workload, container);
  return ['DB_HOSTNAME', 'DB_URL'].flatMap((name) => {
    const variable = variables.get(name);
    const text = textOfVariable(inventory, workload.namespace, variable);
    const hostname = name === 'DB_URL' ? text?.match(/@([^:/?]+)/)?.[1] : text;
    if (variable === undefined || hostname === undefined || isUnknown(hostname)) {
      return [];
    }
    const host = follow(inventory, hostOf(hostname, workload.namespace));
    return [
      { ...host, field: variable.field.at('value').exists ? variable.field.at('value') : variable.field },
    ];
  });
}

/** The pooler of CloudNativePG that a host leads to. */
export function poolerAt(inventory: Inventory, { name, namespace }: HostView): Field | undefined {
  return inventory
    .all('postgresql.cnpg.io', 'Pooler')
    .find(
      (one) => one.get('metadata', 'name') === name && one.at('metadata', 'namespace').text === namespace,
    );
}

/** Whether a host leads to a CloudNativePG cluster: by a Service of its own, or through a pooler. */
export function leadsTo(inventory: Inventory, host: HostView, cluster: Field): boolean {
  const name = cluster.at('metadata', 'name').text ?? '';
  if (host.namespace !== cluster.at('metadata', 'namespace').text) {
    return false;
  }
  return (
    (['rw', 'ro', 'r'] as const).some((role) => host.name === serviceOf(name, role)) ||
    poolerAt(inventory, host)?.get('spec', 'cluster', 'name') === name ||
    cluster
      .at('spec', 'managed', 'services', 'additional')
      .items.some((service) => service.get('serviceTemplate', 'metadata', 'name') === host.name)
  );
}

/** The workloads behind a host: those that its Service selects, or one of its name where no Service is known. */
export function workloadsAt(inventory: Inventory, { name, namespace }: HostView): WorkloadView[] {
  const selector = inventory.service(namespace, name)?.field?.at('spec', 'selector').labels;
  return inventory.workloads.filter(
    (workload) =>
      workload.namespace === namespace &&
      (selector === undefined || Object.keys(selector).length === 0
        ? workload.name === name
        : Object.entries(selector).every(([label, value]) => workload.labels[label] === value)),
  );
}

/** A Service of type ExternalName stands for another one. */
function follow(
  inventory: Inventory,
  host: { name: string; namespace: string | undefined },
): { name: string; namespace: string | undefined } {
  const alias = inventory.service(host.namespace, host.name)?.field?.at('spec', 'externalName').text;
  return alias === undefined || isUnknown(alias) ? host : hostOf(alias, host.namespace);
}
