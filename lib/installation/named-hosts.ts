import { serverName, valkeyName } from '../names.ts';
import type { Path } from '../text/path.ts';
import { addressFamily } from '../values/ip-address.ts';
import type { Cidr } from '../values/locations.ts';
import { compareVersions } from '../values/version.ts';
import { backedUpOf, backupPathOf, databasePathOf } from './database.ts';
import type { Installation } from './installation.ts';
import { learningPoolsOf } from './machine-learning.ts';
import type { EgressSource, NetworkPeer } from './network.ts';
import type { Store } from './store.ts';
import type { VolSyncBackup } from './volume-backup.ts';
import type { Volumes } from './volumes.ts';

/** A program that the installation file names by host and port, so that it must be possible to reach it. */
export interface NamedHost {
  /** Where in the file it is named. */
  readonly path: Path;
  /** Who must reach it. */
  readonly from: readonly EgressSource[];
  /** What it is, for people, such as `the object store`. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Whether it speaks HTTP or HTTPS, and may therefore stand behind the same proxy as Immich. */
  readonly isWeb: boolean;
  /** The addresses that it has, where the file says them. */
  readonly ranges?: readonly Cidr[];
}

/** Where a host is. */
export type HostPlace =
  | { readonly kind: 'service'; readonly service: string; readonly namespace: string }
  | { readonly kind: 'address'; readonly range: string }
  | { readonly kind: 'outside' };

/** What a database is called that somebody else runs. */
export const databaseOfOthers = 'the database';

/** What the configuration of Immich, its database and the backups name. */
export function namedHostsOf(installation: Installation): NamedHost[] {
  return [
    ...configuredHosts(installation),
    ...learningHosts(installation),
    ...databaseHosts(installation),
    ...valkeyHosts(installation),
    ...importHosts(installation),
    ...storeHosts(installation),
    ...fileBackupHosts(installation),
  ];
}

/** Where a host is: `minio.storage.svc` in the namespace `storage`, a name without a dot beside Immich. */
export function placeOf(host: string, ownNamespace: string): HostPlace {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const family = addressFamily(bare);
  if (family !== 0) return { kind: 'address', range: `${bare}/${family === 4 ? 32 : 128}` };
  const [, service, namespace] = /^([^.]+)(?:\.([^.]+)\.svc(?:\..*)?)?$/.exec(host.replace(/\.$/, '')) ?? [];
  return service === undefined
    ? { kind: 'outside' }
    : { kind: 'service', service, namespace: namespace ?? ownNamespace };
}

/** Whether a Service is one of Immich's own, to which the way is open anyhow. */
export function isOwnService(
  { namespace, valkey, machineLearning }: Installation,
  place: HostPlace & { kind: 'service' },
): boolean {
  const learning = learningPoolsOf(machineLearning).map(({ name }) => name);
  const own = [serverName, ...learning, ...(valkey.kind === 'own' ? [valkeyName] : [])];
  return place.namespace === namespace && own.includes(place.service);
}

/** The pods of a namespace that `network.egress` opens a way to. */
export function egressTo(
  { network }: Installation,
  from: EgressSource,
  namespace: string,
): readonly NetworkPeer[] {
  return network.egress
    .filter((one) => one.from === from && one.to.kind === 'pods' && one.to.namespace === namespace)
    .map(({ to }) => to);
}

/** What Immich itself connects to because its configuration says so. */
function configuredHosts({ configuration, version }: Installation): NamedHost[] {
  if (configuration.kind !== 'written') return [];
  const { oauth, notifications, machineLearning, newVersionCheck } = configuration.config;
  const from = ['server'] as const;
  const hosts: NamedHost[] = [];
  if (oauth?.enabled === true && oauth.issuerUrl !== undefined && oauth.issuerUrl !== '') {
    const path = ['config', 'oauth', 'issuerUrl'];
    hosts.push({ path, from, name: 'the identity provider', ...hostOf(oauth.issuerUrl) });
  }
  const { enabled, transport } = notifications?.smtp ?? {};
  if (enabled === true && transport?.host !== undefined && transport.host !== '') {
    const path = ['config', 'notifications', 'smtp', 'transport', 'host'];
    const { host, port = 587 } = transport;
    hosts.push({ path, from, name: 'the mail server', host, port, isWeb: false });
  }
  for (const [index, url] of (machineLearning?.urls ?? []).entries()) {
    if (machineLearning?.enabled === false) continue;
    const path = ['config', 'machineLearning', 'urls', index];
    hosts.push({ path, from, name: 'machine learning elsewhere', ...hostOf(url) });
  }
  if (newVersionCheck?.enabled === true) {
    // https://github.com/immich-app/immich/releases/tag/v2.7.0
    const host = compareVersions(version, ownVersionService) < 0 ? 'api.github.com' : 'version.immich.cloud';
    const path = ['config', 'newVersionCheck', 'enabled'];
    hosts.push({ path, from, name: 'the list of new versions', host, port: 443, isWeb: false });
  }
  return hosts;
}

/** Machine learning that runs elsewhere. */
function learningHosts({ machineLearning, configuration }: Installation): NamedHost[] {
  const isOff = configuration.kind === 'written' && configuration.config.machineLearning?.enabled === false;
  if (machineLearning.kind !== 'remote' || isOff) return [];
  return machineLearning.urls.map((url, index) => ({
    path: ['machineLearning', 'remote', index],
    from: ['server'],
    name: 'machine learning elsewhere',
    ...hostOf(url),
  }));
}

/** The first version that asks Immich's own service for new ones. */
const ownVersionService = { text: 'v2.7.0', major: 2, minor: 7, patch: 0 };

function databaseHosts({ database, network }: Installation): NamedHost[] {
  if (database.kind !== 'external') return [];
  const { host, port } = database;
  const path = databasePathOf(database);
  const ranges = network.externalDatabase;
  return [{ path, from: ['server'], name: databaseOfOthers, host, port, isWeb: false, ranges }];
}

/** Where the content of a new database comes from: only the Job that makes it connects there. */
function importHosts({ database }: Installation): NamedHost[] {
  if (database.kind !== 'cnpg' || database.cnpg.importFrom === undefined) return [];
  const { host, port } = database.cnpg.importFrom;
  const path = ['database', 'cnpg', 'importFrom', 'host'];
  return [{ path, from: ['database'], name: 'the database that is imported', host, port, isWeb: false }];
}

function valkeyHosts({ valkey }: Installation): NamedHost[] {
  if (valkey.kind === 'own' || valkey.by === 'url') return [];
  const { host, port } = valkey;
  const path = ['valkey', 'external', 'host'];
  return [{ path, from: ['server'], name: 'Valkey', host, port, isWeb: false }];
}

/** Where the backups of the database are: for those who write them, and for the drill. */
function storeHosts({ database, volumes }: Installation): NamedHost[] {
  const backup = backedUpOf(database)?.backup;
  if (backup === undefined || backup === 'none') return [];
  const { store, drill } = backup;
  const url = storeUrl(store);
  if (url === undefined) return [];
  const key = store.kind === 's3' ? 'endpoint' : 'destinationPath';
  const path = [...backupPathOf(database), store.kind, key];
  const isShared = resticOf(volumes).some(({ backup }) => backup.endpoint === undefined);
  const from: EgressSource[] = [
    ...(database.kind === 'cnpg' ? (['database'] as const) : []),
    ...(drill === 'none' ? [] : (['drill'] as const)),
    ...(isShared ? (['backup'] as const) : []),
  ];
  return [{ path, from, name: 'the object store', ...hostOf(url) }];
}

/** The URL of a store, where the file says it; Amazon's and Google's have many names. */
function storeUrl(store: Store): string | undefined {
  switch (store.kind) {
    case 'azure':
      return store.destinationPath;
    case 's3':
      return store.endpoint;
    case 'gcs':
      return undefined;
  }
}

function fileBackupHosts({ database, volumes }: Installation): NamedHost[] {
  const backup = backedUpOf(database)?.backup;
  const hasFileDrill =
    backup !== undefined && backup !== 'none' && backup.drill !== 'none' && backup.drill.files !== undefined;
  return resticOf(volumes).flatMap(({ key, backup: { endpoint } }): NamedHost[] => {
    if (endpoint === undefined) return [];
    const path = ['volumes', key, 'backup', 'volsync', 'endpoint'];
    const from: EgressSource[] = ['backup', ...(hasFileDrill && key === 'library' ? ['drill' as const] : [])];
    return [{ path, from, name: 'the object store', ...hostOf(endpoint) }];
  });
}

/** The volumes whose files restic backs up. */
function resticOf(volumes: Volumes): { readonly key: string; readonly backup: VolSyncBackup }[] {
  return Object.entries(volumes).flatMap(([key, volume]) =>
    volume?.backup === undefined || volume.backup === 'none' || volume.backup.kind !== 'volsync'
      ? []
      : [{ key, backup: volume.backup }],
  );
}

/** Host and port of a URL of HTTP or HTTPS. */
function hostOf(url: string): Pick<NamedHost, 'host' | 'port' | 'isWeb'> {
  const { hostname, port, protocol } = new URL(url);
  return {
    host: hostname,
    port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
    isWeb: true,
  };
}
