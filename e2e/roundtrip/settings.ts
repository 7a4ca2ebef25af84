import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checksOf } from '../../lib/drill/checks.ts';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { blocksOf, withLines } from '../../test/runbook/procedures.ts';
import type { Archive } from './archive.ts';

/** What dist says about the backup of one installation, its drill and its recovery. */
export interface Settings {
  /** The archive that the database writes to. */
  readonly backup: StoreOf;
  /** The archive that the drill reads. */
  readonly drill: StoreOf;
  /** Where a restored database reads from, up to when, and where it archives to. */
  readonly recovery: { readonly source: StoreOf; readonly time: string; readonly target: StoreOf };
  /** The files of the drill: its scripts and its SQL. */
  readonly drillFiles: Readonly<Record<string, string>>;
  readonly tables: readonly string[];
}

/** An archive whose connection string is still a Secret and its key. */
export type StoreOf = Omit<Archive, 'connectionString'> & { readonly secret: string };

/** The settings of `tachtit`, whose drill reads by a connection string, as the emulator has no other address. */
export function settingsOf(time: string): Settings {
  const text = readFileSync(join(__dirname, '../../installations/tachtit.yaml'), 'utf8').replace(
    '      method: barmanObjectStore\n',
    '      method: barmanObjectStore\n      drill: { credentials: { secret: readonly, connectionString: string } }\n',
  );
  const restored = text.replace(
    '  cnpg:\n',
    `  cnpg:\n    lineage: v1\n    restoreFrom: { lineage: original, time: "${time}" }\n`,
  );
  const { spec } = objectsOf(text).cluster;
  const { data } = objectsOf(text).drill;
  const recovered = objectsOf(restored).cluster.spec;
  const { installation } = parseInstallation('installations/tachtit.yaml', text);
  const plan = installation && planOf(installation).drill;
  if (plan?.expectations.tables === undefined) {
    throw new Error('tachtit has no drill, or a version of Immich whose tables are not known.');
  }
  const { extensions } = plan.expectations;
  // VectorChord is no package of Debian; pgvector stands in for it.
  const packaged = extensions.filter(({ name }) => name !== 'vchord');
  const checks = checksOf({ ...plan.expectations, extensions: packaged });
  return {
    backup: storeOf(spec.backup.barmanObjectStore),
    drill: storeOf(parse(data['cluster.yaml']).spec.externalClusters[0].barmanObjectStore),
    recovery: {
      source: storeOf(recovered.externalClusters[0].barmanObjectStore),
      time: recovered.bootstrap.recovery.recoveryTarget.targetTime,
      target: storeOf(recovered.backup.barmanObjectStore),
    },
    drillFiles: {
      ...data,
      ...Object.fromEntries(checks.map(({ code, name, sql }) => [`${code}-${name}.sql`, sql])),
    },
    tables: plan.expectations.tables,
  };
}

/** Where a database is restored from and archives to, after the commit that RUNBOOK.md prints for a rebuild from git. */
export function rebuildSettings(): { readonly source: StoreOf; readonly target: StoreOf } {
  const text = readFileSync(join(__dirname, '../../installations/tachtit.yaml'), 'utf8');
  const { files } = synthesize(new Map([['installations/tachtit.yaml', text]]));
  const [, runbook = ''] = [...(files ?? [])].find(([file]) => file.endsWith('/RUNBOOK.md')) ?? [];
  const commit = blocksOf(runbook, 'Rebuild from git').find(({ language }) => language === 'yaml');
  const { spec } = objectsOf(withLines(text, commit?.text ?? '')).cluster;
  return {
    source: storeOf(spec.externalClusters[0].barmanObjectStore),
    target: storeOf(spec.backup.barmanObjectStore),
  };
}

function objectsOf(text: string) {
  const { files } = synthesize(new Map([['installations/tachtit.yaml', text]]));
  const object = (part: string) => {
    const [, written] = [...(files ?? [])].find(([file]) => file.includes(part)) ?? [];
    return parse(written ?? '');
  };
  return { cluster: object('/database/cluster.'), drill: object('/drill/configmap.') };
}

/** The common form of a `barmanObjectStore`. */
function storeOf(store: {
  readonly destinationPath: string;
  readonly serverName: string;
  readonly wal?: { readonly compression?: string };
  readonly azureCredentials: { readonly connectionString: { readonly name: string; readonly key: string } };
}): StoreOf {
  const { name, key } = store.azureCredentials.connectionString;
  return {
    destinationPath: store.destinationPath,
    serverName: store.serverName,
    compression: store.wal?.compression,
    secret: `${name}/${key}`,
  };
}
