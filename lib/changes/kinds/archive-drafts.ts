import { parseRetention } from '../../cnpg/retention.ts';
import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { type ArchiveView, isInTree } from '../../manifests/views/archive.ts';
import type { Draft } from '../comparison.ts';
import { isSame } from '../difference.ts';
import type { Pair } from '../pairs.ts';
import { backupCommand } from './lineages.ts';

/** A database that is in both states, with its store. */
export interface Both {
  readonly before: Archived;
  readonly after: Archived;
  /** What of it differs: the Cluster, its ObjectStore. */
  readonly pairs: readonly Pair[];
}

/** A database with its store, in one state. */
export interface Archived {
  readonly cluster: Field;
  readonly archive: ArchiveView | undefined;
  /** Where the retention is written. */
  readonly retention: Field;
}

const key = (...steps: string[]) => ['database', 'cnpg', 'backup', ...steps];

/** A database that is no longer backed up. */
export function backupOff({ before, pairs }: Both): Draft {
  const name = nameOf(before.cluster);
  return {
    grade: 'steps',
    topic: 'data',
    what: 'backupOff',
    from: 'backup',
    to: 'none',
    key: key(),
    sentence: `Nothing backs up the database ${name} any more: what happens to its volume happens to every album, face and user. What is in the store stays there, and grows old.`,
    steps: [`Keep backup, unless ${name} may be lost.`],
    pairs,
    fields: ['spec.plugins', 'spec.backup'],
  };
}

/** In-tree Barman gives way to the plugin, or the plugin to it. */
export function otherMethod({ before, after, pairs }: Both): Draft[] {
  const [from, to] = [before, after].map(({ cluster }) =>
    isInTree(cluster) ? 'barmanObjectStore' : 'plugin',
  );
  if (from === undefined || to === undefined || from === to) return [];
  return [
    {
      grade: 'steps',
      topic: 'data',
      what: 'method',
      from,
      to,
      key: key('method'),
      sentence: `${nameOf(after.cluster)} is backed up by ${to === 'plugin' ? 'the Barman Cloud plugin' : 'barmanObjectStore inside of CloudNativePG'} from now on: all instances restart, one after the other. What is in the store can still be restored, as long as folder and place stay the same.`,
      steps: [
        ...(to === 'plugin'
          ? [
              'The plugin must run in the namespace of the operator before: kubectl get deployments --namespace cnpg-system.',
            ]
          : ['CloudNativePG 1.31 no longer has barmanObjectStore.']),
        `Make a base backup after, and see that it is completed: ${backupCommand(after.cluster)}`,
        'Metrics and alerts have other names for the one and the other.',
      ],
      pairs,
      fields: ['spec.plugins', 'spec.backup', 'spec.method', 'spec.pluginConfiguration'],
    },
  ];
}

/** Another bucket, path, endpoint, or folder in it. */
export function otherStore({ before, after, pairs }: Both, from: ArchiveView, to: ArchiveView): Draft[] {
  const name = nameOf(before.cluster);
  const [store, other] = [placeOf(from), placeOf(to)];
  if (store !== other) {
    return [
      {
        grade: 'refused',
        topic: 'data',
        what: 'store',
        from: store,
        to: other,
        key: key(storeKind(to)),
        sentence: `Backups of ${name} would go to ${other}, which is empty or holds something else, while all that are there lie in ${store}: until the next base backup is complete no point in time can be restored from the new place, and nothing takes old backups out of the other.`,
        steps: [
          `Keep ${store}, or copy everything below ${from.serverName}/ to the new place first, with Immich stopped.`,
          `If the old backups may stay apart: accept this, give the database a new lineage, and make a base backup at once: ${backupCommand(after.cluster)}`,
        ],
        pairs,
        fields: [
          'spec.configuration.destinationPath',
          'spec.configuration.endpointURL',
          'spec.backup.barmanObjectStore',
        ],
      },
    ];
  }
  const isMajor = before.cluster.get('spec', 'imageName') !== after.cluster.get('spec', 'imageName');
  if (from.serverName === to.serverName || isMajor) return [];
  const recovers = after.cluster.at('spec', 'bootstrap', 'recovery').exists;
  return [
    {
      grade: 'steps',
      topic: 'data',
      what: 'lineage',
      from: from.serverName,
      to: to.serverName,
      key: ['database', 'cnpg', 'lineage'],
      sentence: `${name} archives to the new folder ${to.serverName} from now on. What is in ${from.serverName} stays, but no point in time from now can be restored until the first base backup in the new folder is complete.${
        recovers ? '' : ' There is no restoreFrom: a database that is made anew would be empty.'
      }`,
      steps: [`Make a base backup at once: ${backupCommand(after.cluster)}`],
      pairs,
      fields: ['spec.plugins', 'spec.backup.barmanObjectStore.serverName'],
    },
  ];
}

/** Other credentials for the same store. */
export function otherCredentials(
  { before, after, pairs }: Both,
  from: ArchiveView,
  to: ArchiveView,
): Draft[] {
  const providers = ['s3Credentials', 'azureCredentials', 'googleCredentials', 'endpointCA'];
  const changed = providers.filter(
    (provider) => !isSame(from.configuration.get(provider), to.configuration.get(provider)),
  );
  if (changed.length === 0) return [];
  return [
    {
      grade: 'steps',
      topic: 'secrets',
      what: 'credentials',
      ...credentialsIn(from, to, providers),
      key: key(storeKind(to)),
      sentence: `Backups of ${nameOf(before.cluster)} use other credentials. While they are missing or may not write, the write-ahead log is not archived: it piles up until the volume is full and the database stops.`,
      steps: [
        'Create the Secret, and try it with a backup before the old one is taken away.',
        `After merging: kubectl get clusters.postgresql.cnpg.io ${nameOf(after.cluster)}${placeOption(after.cluster)} -o jsonpath='{.status.conditions}' must say ContinuousArchiving True.`,
      ],
      pairs,
      fields: changed.flatMap((provider) => [
        `spec.configuration.${provider}`,
        `spec.backup.barmanObjectStore.${provider}`,
      ]),
    },
  ];
}

/** How long backups are kept. Barman keeps the newest base backup that is older than the window, and all after it. */
export function otherRetention({ pairs }: Both, before: Archived, after: Archived): Draft[] {
  const [from, to] = [before.retention.text, after.retention.text];
  if (from === to) return [];
  const [earlier, later] = [from, to].map((text) => (text === undefined ? undefined : parseRetention(text)));
  const days = earlier?.ok ? earlier.value.days : Number.POSITIVE_INFINITY;
  const now = later?.ok ? later.value.days : Number.POSITIVE_INFINITY;
  const isShorter = now < days;
  const isSameTime = now === days;
  const when =
    after.retention.manifest.object.kind === 'ObjectStore' ? 'within half an hour' : 'after the next backup';
  return [
    {
      grade: isShorter ? 'refused' : 'routine',
      topic: 'data',
      what: 'retention',
      from: from ?? 'forever',
      to: to ?? 'forever',
      key: key('retention'),
      sentence: isShorter
        ? `Backups of the database are kept for ${to} instead of ${from ?? 'ever'}: ${when} those that only the longer time needs are deleted from the store, and no day before can be restored any more.`
        : `Backups of the database are kept for ${to ?? 'ever'} instead of ${from}, which is ${isSameTime ? 'the same' : 'longer: none is deleted, and the store grows'}.`,
      steps: isShorter
        ? [`Keep ${from ?? 'no retention'}, or make sure that nothing from before is needed.`]
        : [],
      pairs,
      fields: ['spec.retentionPolicy', 'spec.backup.retentionPolicy'],
    },
  ];
}

function placeOf({ destinationPath, endpoint }: ArchiveView): string {
  return endpoint === undefined ? destinationPath : `${destinationPath} at ${endpoint}`;
}

function storeKind({ configuration }: ArchiveView): string {
  return configuration.at('azureCredentials').exists ? 'azure' : 's3';
}

function placeOption(cluster: Field): string {
  const namespace = cluster.at('metadata', 'namespace').text;
  return namespace === undefined ? '' : ` --namespace ${namespace}`;
}

/** The Secrets before and now, with their keys where the Secrets are the same. */
function credentialsIn(before: ArchiveView, after: ArchiveView, providers: readonly string[]) {
  const told = (view: ArchiveView, withKeys: boolean) => {
    const leaves = providers.flatMap((provider) => {
      const found = view.configuration.at(provider);
      return [found, ...found.entries.map(([, leaf]) => leaf)].filter((leaf) => leaf.at('name').exists);
    });
    const names = leaves.map((leaf) => {
      const [name, key] = [leaf.at('name').text ?? '', leaf.at('key').text];
      return withKeys && key !== undefined ? `${name}/${key}` : name;
    });
    return [...new Set(names)].join(',') || 'none';
  };
  const isSameSecret = told(before, false) === told(after, false);
  return { from: told(before, isSameSecret), to: told(after, isSameSecret) };
}
