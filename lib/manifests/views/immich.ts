import { parseImmichVersion, type Version } from '../../values/version.ts';
import { type Field, isUnknown } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import type { ContainerView } from './container.ts';
import { databaseHosts, hostOf, leadsTo } from './database-host.ts';
import { environment } from './environment.ts';
import type { WorkloadView } from './workload.ts';

/** Which part of Immich a container is. */
export type Part = 'server' | 'machine-learning';

/** A container of Immich, recognised by its image. */
export interface ImmichContainerView {
  readonly part: Part;
  readonly workload: WorkloadView;
  readonly container: ContainerView;
  /** Its version as numbers; undefined when the tag does not say it. */
  readonly version: Version | undefined;
}

/** What an inventory has of Immich. */
export interface ImmichView {
  readonly containers: readonly ImmichContainerView[];
  /** The workloads that hold them, and the Redis or Valkey that the server connects to. */
  readonly workloads: ReadonlySet<WorkloadView>;
  readonly redis: readonly WorkloadView[];
  /** The CloudNativePG clusters that the server connects to. */
  readonly databases: readonly Field[];
  readonly namespaces: ReadonlySet<string | undefined>;
}

/** The parts of Immich in an inventory, by their images and by what they connect to, never by file names. */
export function immich(inventory: Inventory): ImmichView {
  let found = views.get(inventory);
  if (found === undefined) {
    found = find(inventory);
    views.set(inventory, found);
  }
  return found;
}

/**
 * Whether rules that judge any workload should judge this one: everything in a complete inventory, but only
 * Immich's parts in a folder that holds other people's applications too.
 */
export function concerns(inventory: Inventory, workload: WorkloadView): boolean {
  return inventory.complete || immich(inventory).workloads.has(workload);
}

/** Whether a namespace is Immich's, or everything is. */
export function concernsNamespace(inventory: Inventory, namespace: string | undefined): boolean {
  return inventory.complete || immich(inventory).namespaces.has(namespace);
}

/** Reads a version at the head of a tag such as `v2.5.0` or `v3.3.1-cuda`; undefined for tags that move. */
export function versionOf(image: string): Version | undefined {
  const tag = /:v?(\d+\.\d+\.\d+)(?:[-+].*)?$/.exec(image.replace(/@.*$/, ''));
  const version = tag === null ? undefined : parseImmichVersion(`v${tag[1]}`);
  return version?.ok ? version.value : undefined;
}

/** An image without its tag and digest. */
export function repositoryOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
}

const views = new WeakMap<Inventory, ImmichView>();

const images: readonly (readonly [RegExp, Part])[] = [
  [/(^|\/)immich-server$/, 'server'],
  [/(^|\/)immich-machine-learning$/, 'machine-learning'],
];

function find(inventory: Inventory): ImmichView {
  const containers = inventory.workloads.flatMap((workload) =>
    workload.containers.flatMap((container) => recognise(workload, container)),
  );
  const servers = containers.filter(({ part }) => part === 'server');
  const redis = servers.flatMap((server) => redisOf(inventory, server));
  const databases = [...new Set(servers.flatMap((server) => databaseOf(inventory, server)))];
  const workloads = new Set([...containers.map(({ workload }) => workload), ...redis]);
  return {
    containers,
    workloads,
    redis: [...new Set(redis)],
    databases,
    namespaces: new Set([
      ...[...workloads].map(({ namespace }) => namespace),
      ...databases.map((database) => database.at('metadata', 'namespace').text),
    ]),
  };
}

function recognise(workload: WorkloadView, container: ContainerView): ImmichContainerView[] {
  const image = container.image.text;
  if (image === undefined || container.init) {
    return [];
  }
  const part = images.find(([pattern]) => pattern.test(repositoryOf(image)))?.[1];
  return part === undefined ? [] : [{ part, workload, container, version: versionOf(image) }];
}

function redisOf(inventory: Inventory, { workload, container }: ImmichContainerView): WorkloadView[] {
  const variables = environment(inventory, workload, container);
  const isElsewhere = ['REDIS_HOSTNAME', 'REDIS_URL', 'REDIS_SOCKET'].some((name) => variables.has(name));
  // Where nothing is said it is the one called so in the same namespace, as in Immich's docker-compose.yml.
  const hostname = isElsewhere ? variables.get('REDIS_HOSTNAME')?.value : 'redis';
  if (hostname === undefined || isUnknown(hostname)) {
    return [];
  }
  const { name, namespace } = hostOf(hostname, workload.namespace);
  const selector = inventory.service(namespace, name)?.field?.at('spec', 'selector').labels;
  if (selector === undefined || Object.keys(selector).length === 0) {
    return [];
  }
  return inventory
    .pods(namespace)
    .flatMap((pods) =>
      pods.workload !== undefined &&
      Object.entries(selector).every(([label, value]) => pods.labels[label] === value)
        ? [pods.workload]
        : [],
    );
}

/**
 * The CloudNativePG clusters that a server certainly connects to: by host name, through a pooler or an alias too, or
 * by the generated secret that it takes its login from.
 */
export function databaseOf(inventory: Inventory, found: ImmichContainerView): Field[] {
  const { workload, container } = found;
  const clusters = inventory.all('postgresql.cnpg.io', 'Cluster');
  if (clusters.length === 0) {
    return [];
  }
  const secrets = new Set(
    [...environment(inventory, workload, container).values()].flatMap(({ name, from }) =>
      login.has(name) && from?.kind === 'Secret' ? [from.name.text] : [],
    ),
  );
  const hosts = databaseHosts(inventory, found);
  return clusters.filter((cluster) =>
    hosts.length > 0
      ? hosts.some((host) => leadsTo(inventory, host, cluster))
      : cluster.at('metadata', 'namespace').text === workload.namespace &&
        ['app', 'superuser'].some((role) =>
          secrets.has(`${cluster.at('metadata', 'name').text ?? ''}-${role}`),
        ),
  );
}

/** The variables by which a server logs in to its database. */
const login = new Set(['DB_URL', 'DB_HOSTNAME', 'DB_USERNAME', 'DB_PASSWORD', 'DB_DATABASE_NAME']);
