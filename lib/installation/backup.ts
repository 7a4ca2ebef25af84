import type { BackupSchedule } from '../cnpg/backup-schedule.ts';
import type { Retention } from '../cnpg/retention.ts';
import { defaulting, mapping, optional } from '../schema/mapping.ts';
import { anyText, choice, flag } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { exactlyOneOf, wordOr } from '../schema/variants.ts';
import { quote } from '../text/quoting.ts';
import { type Drill, drill } from './drill.ts';
import { type Resources, resources } from './resources.ts';
import { type Store, storeKeys } from './store.ts';
import { backupSchedule, retention } from './texts.ts';

/** How the database is backed up. */
export interface Backup {
  /** The Barman Cloud plugin, or the support that is built into CloudNativePG before 1.31. */
  readonly method: 'plugin' | 'barmanObjectStore';
  readonly schedule: BackupSchedule;
  /** Whether the first base backup of a life is made at once. */
  readonly immediate: boolean;
  /** What takes the Backup objects along when it goes; files in the store stay in any case. */
  readonly ownerReference: 'cluster' | 'self';
  readonly retention: Retention;
  readonly compression: 'gzip' | 'bzip2' | 'snappy' | 'lz4' | undefined;
  readonly store: Store;
  /** What the plugin's program beside each instance may use, and the one that restores. */
  readonly sidecar: Resources;
  /** How it is proven that the backups can be restored. */
  readonly drill: Drill | 'none';
}

const fewestDays = 7;

/** Restores were killed at 512Mi: https://github.com/siutsin/otaru/issues/2728 */
const sidecarResources = resources({ requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '1Gi' } });

export const backup: Schema<Backup> = refine(
  exactlyOneOf(
    ['azure', 's3', 'gcs'],
    mapping({
      method: defaulting(
        choice('plugin', 'barmanObjectStore'),
        'plugin',
        'The Barman Cloud plugin, or barmanObjectStore, which CloudNativePG 1.31 no longer has.',
      ),
      schedule: defaulting(
        backupSchedule,
        '0 0 3 * * *',
        'When base backups are made: six fields, seconds first, in UTC; or @daily and the like.',
      ),
      immediate: defaulting(
        flag,
        true,
        'Whether the first base backup of a life of the database is made at once, and not at its next time.',
      ),
      ownerReference: defaulting(
        choice('cluster', 'self'),
        'cluster',
        'Whose the Backup objects are: of the database, or of the schedule itself, with which they would go. Files in the store stay.',
      ),
      retention: defaulting(
        retention,
        '30d',
        'How far back a restore must reach, in days (d), weeks (w) or months (m).',
      ),
      compression: defaulting(
        choice('gzip', 'bzip2', 'snappy', 'lz4', 'none'),
        'gzip',
        'Compression of base backups and of the write-ahead log.',
      ),
      sidecar: optional(
        mapping({
          resources: defaulting(
            sidecarResources,
            {},
            'CPU and memory of it; a restore needs about 1Gi, and is killed without.',
          ),
        }),
        "The plugin's program beside each instance, which archives, and restores in its stead.",
      ),
      drill: defaulting(
        wordOr('none', drill),
        {},
        'The restore drill, which proves that the backups can be restored; or none, together with a reason.',
      ),
      reason: optional(anyText, 'Why there is no drill; only with "drill: none".'),
      ...storeKeys,
    }),
  ),
  (
    {
      method,
      schedule,
      immediate,
      ownerReference,
      retention,
      compression,
      sidecar,
      drill,
      reason,
      azure,
      s3,
      gcs,
    },
    at,
  ) => {
    if (retention.days < fewestDays) {
      at.in('retention').warning(
        `${quote(retention.text)} keeps less than ${fewestDays} days. A mistake noticed later cannot be undone. Write "30d".`,
      );
    }
    if (drill === 'none' && reason === undefined) {
      at.in('drill').warning(
        '"none" means that nobody knows whether these backups can be restored. Remove it, or write reason: "how they are tested" beside it.',
      );
    }
    if (drill !== 'none' && reason !== undefined) {
      at.keyError('reason', '"reason" says why there is no drill, but there is one. Remove it.');
    }
    if (sidecar !== undefined && method !== 'plugin') {
      at.keyError(
        'sidecar',
        '"sidecar" is what the plugin runs beside each instance; barmanObjectStore has none. Remove it, or write method: plugin.',
      );
    }
    const store = azure ?? s3 ?? gcs;
    const program = sidecar?.resources ?? sidecarResources.read({}, at.unheard());
    if (store === undefined || program === undefined) return undefined;
    return {
      method,
      schedule,
      immediate,
      ownerReference,
      retention,
      compression: compression === 'none' ? undefined : compression,
      store,
      sidecar: program,
      drill,
    };
  },
);
