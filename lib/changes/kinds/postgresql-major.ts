import { distributionOf } from '../../cnpg/distribution.ts';
import type { PostgresVersions } from '../../values/image.ts';
import type { Draft } from '../comparison.ts';
import { type ImageChange, ofImage } from './database-image.ts';
import { backupCommand } from './lineages.ts';

/**
 * A newer major version of PostgreSQL in a Cluster that exists.
 * https://cloudnative-pg.io/documentation/current/postgres_upgrades/
 */
export function majorUpgrade(change: ImageChange, from: PostgresVersions, to: PostgresVersions): Draft {
  const { before, after } = change;
  const [earlier, later] = [before, after].map(({ image }) => image && distributionOf(image));
  const reasons = [
    ...(before.lineage !== undefined && before.lineage === after.lineage
      ? [
          `it would archive into the same folder ${before.lineage}: CloudNativePG begins at timeline 1 again, over the files of the old database, and no point in time from before can be restored any more`,
        ]
      : []),
    ...(from.vectorchord !== to.vectorchord
      ? [
          `VectorChord changes with it, from ${from.vectorchord ?? 'unknown'} to ${to.vectorchord ?? 'unknown'}: pg_upgrade takes over extensions, and does not update them`,
        ]
      : []),
    ...(earlier !== undefined && later !== undefined && earlier !== later
      ? [
          `the image is made from Debian ${later} instead of ${earlier}: pg_upgrade needs both versions in one distribution, so that this goes by an import into a new database only`,
        ]
      : []),
  ];
  const isTooOld = to.major < oldestTarget;
  if (isTooOld) reasons.push(`CloudNativePG upgrades only to PostgreSQL ${oldestTarget} or newer`);
  const isRefused = reasons.length > 0;
  return {
    ...ofImage(change),
    grade: isRefused ? 'refused' : 'steps',
    what: 'upgrade',
    impossible: isTooOld,
    sentence: isRefused
      ? `PostgreSQL ${from.major} becomes ${to.major}, and ${reasons.join('; and ')}.`
      : `PostgreSQL ${from.major} becomes ${to.major}: CloudNativePG stops all instances, runs pg_upgrade, and makes the replicas anew. Immich is away for minutes, longer for a large database; from then on there is no way back but a restore.${
          earlier === undefined || later === undefined
            ? ' Whether both images are made from the same distribution is not known here; it has to be.'
            : ''
        }`,
    steps: isTooOld
      ? [`Keep PostgreSQL ${from.major}, or upgrade to ${oldestTarget} or newer, in a commit of its own.`]
      : isRefused
        ? refusedSteps(change, from, to)
        : upgradeSteps(change, from, to),
    fields: [...ofImage(change).fields, 'spec.plugins', 'spec.backup.barmanObjectStore.serverName'],
  };
}

// validateImageChange in https://github.com/cloudnative-pg/cloudnative-pg/blob/main/internal/webhook/v1/cluster_webhook.go
const oldestTarget = 16;

/** An older major version of PostgreSQL in a Cluster that exists. */
export function majorDowngrade(change: ImageChange, from: PostgresVersions, to: PostgresVersions): Draft {
  const { before, after } = change;
  const isWayBack = before.lineage !== after.lineage;
  return {
    ...ofImage(change),
    grade: isWayBack ? 'steps' : 'refused',
    what: isWayBack ? 'wayBack' : 'downgrade',
    impossible: !isWayBack,
    sentence: isWayBack
      ? `PostgreSQL ${from.major} becomes ${to.major} again, in another archive folder (${after.lineage ?? 'none'}). This is the way back from an upgrade that failed, and works only while the data are still of ${to.major}: CloudNativePG refuses it once pg_upgrade has finished.`
      : `PostgreSQL ${to.major} cannot read the files of PostgreSQL ${from.major}: the database does not start.`,
    steps: isWayBack
      ? [
          `See what the data are of: kubectl get clusters.postgresql.cnpg.io ${change.pair.name}${place(change)} -o jsonpath='{.status.pgDataImageInfo.majorVersion}' must say ${to.major}.`,
        ]
      : [
          `Keep PostgreSQL ${from.major}. Older data come back by a restore into a new database only.`,
          'After an upgrade that failed: take back image and lineage together, in one commit.',
        ],
    fields: isWayBack
      ? [...ofImage(change).fields, 'spec.plugins', 'spec.backup.barmanObjectStore.serverName']
      : ofImage(change).fields,
  };
}

function refusedSteps({ before }: ImageChange, from: PostgresVersions, to: PostgresVersions): string[] {
  const vectorchord = from.vectorchord;
  const image = before.text.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  return [
    `Keep PostgreSQL ${from.major}, or upgrade in a commit of its own: the image of PostgreSQL ${to.major}${
      vectorchord === undefined
        ? ''
        : ` with VectorChord ${vectorchord} (such as ${image}:${to.postgres}-${vectorchord})`
    }, and a lineage that was never used, beside it.`,
  ];
}

function upgradeSteps(change: ImageChange, from: PostgresVersions, to: PostgresVersions): string[] {
  const { name } = change.pair;
  const at = place(change);
  const [, minor = '0'] = to.postgres.split('.');
  const isKeptSmall = change.pair.after.at(
    'spec',
    'postgresql',
    'parameters',
    'max_slot_wal_keep_size',
  ).exists;
  const needsSlots = isKeptSmall && to.major === 17 && Number(minor) < 6;
  return [
    `A base backup before: ${backupCommand(change.pair.after)}, and wait until it is completed. The old archive folder ${change.before.lineage ?? ''} keeps it.`,
    ...(needsSlots
      ? [
          `Take max_slot_wal_keep_size out of the parameters for the upgrade: pg_upgrade to 17.0 to 17.5 fails with it.`,
        ]
      : []),
    `Merge when Immich may be away. CloudNativePG does the rest; follow it with: kubectl get pods${at} --watch.`,
    `If it fails, the data are still those of ${from.major}: take image and lineage back together, in one commit.`,
    `A base backup after, at once, since the new folder has none: ${backupCommand(change.pair.after)}`,
    `kubectl cnpg psql ${name}${at} -- immich -c 'ANALYZE;'`,
    `If the upgrade left update_extensions.sql in the data folder, run it: kubectl exec -c postgres${at} ${name}-1 -- psql -f /var/lib/postgresql/data/pgdata/update_extensions.sql`,
  ];
}

function place({ pair }: ImageChange): string {
  return pair.namespace === undefined ? '' : ` --namespace ${pair.namespace}`;
}
