import type { Field } from '../../lib/manifests/field.ts';
import type { Inventory } from '../../lib/manifests/inventory.ts';
import { archiveOf } from '../../lib/manifests/views/archive.ts';
import { entrances } from '../../lib/manifests/views/entrances.ts';
import { type ImmichContainerView, immich } from '../../lib/manifests/views/immich.ts';

/** An Immich as the views see it: what is looked at, and what it is. Names of objects are nobody's business. */
export function described(inventory: Inventory): ReadonlyMap<string, string> {
  return new Map([
    ...immich(inventory).containers.flatMap(partOf),
    ...entrances(inventory).flatMap(({ route, hosts, limits, guards, match }): [string, string][] => [
      [`door ${hosts.join(',')}${match === '' ? '' : ` ${match}`}`, route.manifest.object.kind],
      ...[...limits].map(([name, value]): [string, string] => [`door limit ${name}`, value]),
      ...guards.map((guard): [string, string] => [`door guard ${guard}`, 'yes']),
    ]),
    ...inventory.all('postgresql.cnpg.io', 'Cluster').flatMap((cluster) => databaseOf(inventory, cluster)),
    ...kindsOf(inventory),
  ]);
}

function partOf(view: ImmichContainerView): [string, string][] {
  const { workload, container } = view;
  const part = roleOf(view);
  const limits = container.field.at('resources', 'limits').entries;
  const { pod } = workload;
  return [
    [`${part} image`, (container.image.text ?? '').replace(/@.*/, '')],
    [`${part} update`, workload.strategy ?? 'RollingUpdate'],
    [`${part} replicas`, String(workload.replicas ?? 1)],
    [`${part} group`, String(pod.get('securityContext', 'fsGroup') ?? 'root')],
    [
      `${part} user`,
      String(pod.get('securityContext', 'runAsUser') ?? container.security.get('runAsUser') ?? 'root'),
    ],
    ...container.environment.map(({ name, value, from }): [string, string] => [
      `${part} environment ${name}`,
      value ?? `from a ${from?.kind}`,
    ]),
    ...container.mounts.map(({ path, readOnly }): [string, string] => [
      `${part} mount ${path}`,
      readOnly ? 'read-only' : 'writable',
    ]),
    ...limits
      .filter(([name]) => name.includes('/'))
      .map(([name, amount]): [string, string] => [`${part} device ${name}`, String(amount.value)]),
    ...pod
      .at('resourceClaims')
      .items.map((_, index): [string, string] => [`${part} claims a device`, String(index + 1)]),
    ...pod
      .at('nodeSelector')
      .entries.map(([name, value]): [string, string] => [`${part} node ${name}`, String(value.text)]),
    ...pod
      .at('securityContext', 'supplementalGroups')
      .items.map((group): [string, string] => [`${part} group ${String(group.value)}`, 'yes']),
    ...container.probes.map(({ type }): [string, string] => [`${part} ${type}`, 'yes']),
  ];
}

/** What a container is for: a server without the API has the background jobs. */
function roleOf({ part, container }: ImmichContainerView): string {
  const workers = new Map(container.environment.map(({ name, value }) => [name, value]));
  const isForJobs =
    workers.get('IMMICH_WORKERS_INCLUDE') === 'microservices' ||
    workers.get('IMMICH_WORKERS_EXCLUDE') === 'api';
  return part === 'server' && isForJobs ? 'jobs' : part;
}

function databaseOf(inventory: Inventory, cluster: Field): [string, string][] {
  const archive = archiveOf(inventory, cluster);
  return [
    ['database image', (cluster.at('spec', 'imageName').text ?? '').replace(/@.*/, '')],
    ['database instances', String(cluster.get('spec', 'instances') ?? 1)],
    ...inventory
      .all('postgresql.cnpg.io', 'ScheduledBackup')
      .map((backup): [string, string] => [
        'database schedule',
        backup.at('spec', 'schedule').text ?? 'never',
      ]),
    ['database archive', archive?.destinationPath ?? 'none'],
    ['database endpoint', archive?.endpoint ?? 'none'],
  ];
}

/** How many there are of the kinds that say how an Immich is guarded, fed and looked after. */
function kindsOf(inventory: Inventory): [string, string][] {
  const kinds = [
    ['networking.k8s.io', 'NetworkPolicy'],
    ['', 'Secret'],
    ['external-secrets.io', 'ExternalSecret'],
    ['postgresql.cnpg.io', 'ScheduledBackup'],
    ['volsync.backube', 'ReplicationSource'],
    ['batch', 'CronJob'],
    ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'],
  ] as const;
  return kinds.map(([group, kind]) => [`has ${kind}`, inventory.all(group, kind).length > 0 ? 'yes' : 'no']);
}
