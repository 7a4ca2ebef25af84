import type { DrillPlan } from '../drill/drill-plan.ts';
import type { FileDrillPlan } from '../drill/file-drill-plan.ts';
import { secretSettingsOf } from '../immich/config/secret-setting.ts';
import { isOfOthers } from '../installation/exists.ts';
import type { ExtraVolumes } from '../installation/extra-volumes.ts';
import type { Installation } from '../installation/installation.ts';
import { learningPoolsOf } from '../installation/machine-learning.ts';
import type { SecretReference } from '../installation/secret-reference.ts';
import type { Store } from '../installation/store.ts';
import type { Valkey } from '../installation/valkey.ts';
import { readingKeysOf, resticSecretOf, type VolumeBackupPlan } from '../installation/volume-backups.ts';
import { connectionSecretsOf } from './connections.ts';

/** A Secret that must exist before the installation runs, because no program makes it. */
export interface RequiredSecret {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
  /** The type of the Secret, where it matters. */
  readonly type:
    | 'Opaque'
    | 'kubernetes.io/basic-auth'
    | 'kubernetes.io/tls'
    | 'kubernetes.io/dockerconfigjson';
  /** What it is for. */
  readonly purpose: string;
}

/** Every Secret that a person, SOPS or External Secrets must create, with its keys, once each. */
export function requiredSecrets(
  installation: Installation,
  following: {
    readonly drill: DrillPlan | undefined;
    readonly fileDrill: FileDrillPlan | undefined;
    readonly volumeBackups: readonly VolumeBackupPlan[];
  },
): RequiredSecret[] {
  const { drill, fileDrill, volumeBackups } = following;
  const { clusters, namespace, database, valkey, route, configuration } = installation;
  const needs: RequiredSecret[] = [];
  const need = (
    cluster: string,
    { secret, key }: SecretReference,
    purpose: string,
    type: RequiredSecret['type'] = 'Opaque',
    inNamespace = namespace,
  ) => needs.push({ cluster, namespace: inNamespace, name: secret, keys: [key], type, purpose });
  const needRegistry = (cluster: string, secret: string, inNamespace = namespace) =>
    need(
      cluster,
      { secret, key: '.dockerconfigjson' },
      'login to the registry of images',
      'kubernetes.io/dockerconfigjson',
      inNamespace,
    );
  for (const { reference, purpose, type } of connectionSecretsOf(installation)) {
    need(clusters.app, reference, purpose, type);
  }
  if (database.kind === 'cnpg') {
    const { credentials, backup, importFrom } = database.cnpg;
    if (credentials !== undefined) {
      for (const key of ['username', 'password']) {
        need(
          clusters.database,
          { secret: credentials.secret, key },
          'login of Immich to its database',
          'kubernetes.io/basic-auth',
        );
      }
    }
    for (const reference of [importFrom?.password, importFrom?.ca].flatMap((one) => one ?? [])) {
      need(clusters.database, reference, 'connection to the database that is imported');
    }
    if (backup !== 'none') {
      for (const reference of storeSecrets(backup.store)) {
        need(clusters.database, reference, 'store of the backups');
      }
    }
  } else if (database.cluster !== undefined) {
    const { name, namespace: theirs } = database.cluster;
    const purpose = `password of the role of Immich, for managed.roles of the Cluster ${name}`;
    for (const key of ['username', 'password']) {
      need(
        clusters.app,
        { secret: database.password.secret, key },
        purpose,
        'kubernetes.io/basic-auth',
        theirs,
      );
    }
  }
  if (drill !== undefined) {
    for (const reference of storeSecrets(drill.store)) {
      const purpose = 'store of the backups for the restore drill, which may read and list only';
      need(clusters.database, reference, purpose, 'Opaque', drill.namespace);
    }
  }
  if (fileDrill !== undefined) {
    for (const key of readingKeysOf(fileDrill.store)) {
      const purpose = 'restic repository of the library for the drill of files, which may read and list only';
      need(
        clusters.database,
        { secret: fileDrill.files.secret, key },
        purpose,
        'Opaque',
        fileDrill.namespace,
      );
    }
  }
  for (const { claim, backup } of volumeBackups) {
    if (backup.kind !== 'volsync') continue;
    const { name, keys } = resticSecretOf(installation, { claim, backup });
    for (const key of keys) {
      need(clusters.app, { secret: name, key }, `restic repository of the files in ${claim}`);
    }
  }
  for (const { reference, purpose } of valkeySecretsOf(valkey)) need(clusters.app, reference, purpose);
  for (const { settings, purpose } of componentsOf(installation)) {
    for (const reference of Object.values(settings.environmentFrom)) need(clusters.app, reference, purpose);
    for (const volume of Object.values(settings.volumes ?? {})) {
      if (volume.kind === 'secret') need(clusters.app, volume, purpose);
    }
    for (const secret of settings.imagePullSecrets ?? []) needRegistry(clusters.app, secret);
  }
  for (const [name, library] of Object.entries(installation.externalLibraries)) {
    if (library.kind !== 'smb') continue;
    for (const key of ['username', 'password']) {
      need(
        clusters.app,
        { secret: library.secret, key },
        `login to the share of the external library ${name}`,
      );
    }
  }
  if (database.kind === 'cnpg') {
    for (const secret of database.cnpg.imagePullSecrets ?? []) {
      needRegistry(clusters.database, secret);
      if (drill !== undefined) needRegistry(clusters.database, secret, drill.namespace);
    }
  }
  if (configuration.kind === 'written') {
    for (const { path, reference } of secretSettingsOf(configuration.config)) {
      need(clusters.app, reference, `setting ${path} of Immich`);
    }
  }
  if (configuration.kind === 'secret') {
    need(clusters.app, configuration.reference, 'configuration file of Immich');
  }
  if (route.certificate?.kind === 'secret') {
    for (const key of ['tls.crt', 'tls.key']) {
      need(
        clusters.app,
        { secret: route.certificate.name, key },
        'certificate of the host',
        'kubernetes.io/tls',
      );
    }
  }
  return merge(needs);
}

/** The components that read Secrets of one's own choice, and what for. */
function componentsOf({ server, machineLearning, valkey }: Installation): {
  readonly settings: {
    readonly environmentFrom: { readonly [name: string]: SecretReference };
    readonly volumes?: ExtraVolumes | undefined;
    readonly imagePullSecrets: readonly string[] | undefined;
  };
  readonly purpose: string;
}[] {
  return [
    { settings: server, purpose: 'what the server gets besides' },
    ...(server.microservices.separate
      ? [{ settings: server.microservices, purpose: 'what the background jobs get besides' }]
      : []),
    ...learningPoolsOf(machineLearning).map(({ pods }) => ({
      settings: pods,
      purpose: 'what machine learning gets besides',
    })),
    ...(valkey.kind === 'own' ? [{ settings: valkey, purpose: 'what Valkey gets besides' }] : []),
  ];
}

/** What Immich needs to be let in by Valkey. */
function valkeySecretsOf(
  valkey: Valkey,
): { readonly reference: SecretReference; readonly purpose: string }[] {
  if (valkey.kind === 'external' && valkey.by === 'url') {
    return [{ reference: valkey.url, purpose: 'address of Valkey, as ioredis:// and base64' }];
  }
  const { password } = valkey;
  return password === undefined ? [] : [{ reference: password, purpose: 'password of Valkey' }];
}

/** The Secrets that are to be made for the installation, and not by others. */
export function secretsToMake({
  installation,
  secrets,
}: {
  readonly installation: Installation;
  readonly secrets: readonly RequiredSecret[];
}): RequiredSecret[] {
  return secrets.filter((secret) => !isOfOthers(installation, { kind: 'Secret', ...secret }));
}

/** The names below `secrets.externalSecrets.keys` that are no Secrets of the installation. */
export function needlessEntries(installation: Installation, secrets: readonly RequiredSecret[]): string[] {
  if (installation.secrets.kind !== 'externalSecrets') return [];
  const names = new Set(secrets.map(({ name }) => name));
  return Object.keys(installation.secrets.keys).filter((name) => !names.has(name));
}

/** What opens a store, and says where it is. */
function storeSecrets(store: Store): SecretReference[] {
  const more = store.kind === 's3' ? [store.region, store.endpointCA] : [];
  return [...credentialsOf(store), ...more.flatMap((reference) => reference ?? [])];
}

function credentialsOf({ credentials }: Store): SecretReference[] {
  switch (credentials.kind) {
    case 'connectionString':
      return [credentials.connectionString];
    case 'sasToken':
      return [credentials.storageAccount, credentials.sasToken];
    case 'keys':
      return [credentials.accessKeyId, credentials.secretAccessKey];
    case 'key':
      return [credentials.applicationCredentials];
    case 'inheritFromAzureAD':
    case 'inheritFromIAMRole':
    case 'gkeEnvironment':
      return [];
  }
}

function merge(needs: readonly RequiredSecret[]): RequiredSecret[] {
  const secrets = new Map<string, RequiredSecret>();
  for (const need of needs) {
    const id = `${need.cluster}/${need.namespace}/${need.name}`;
    const known = secrets.get(id);
    secrets.set(id, {
      ...need,
      ...(known === undefined ? {} : { type: known.type, purpose: known.purpose }),
      keys: [...new Set([...(known?.keys ?? []), ...need.keys])],
    });
  }
  return [...secrets.values()];
}
