import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parts } from './parts.ts';
import { run, type Server, serverFolder, startServer } from './server.ts';

/** One folder of a store, as a Cluster names it, with the connection string that opens it. */
export interface Archive {
  /** `https://<account>.blob.core.windows.net/<container>...`, as dist has it. */
  readonly destinationPath: string;
  readonly serverName: string;
  /** `gzip` and the like; undefined for a folder that is only read. */
  readonly compression: string | undefined;
  readonly connectionString: string;
}

/** What CloudNativePG has the server archive with: https://cloudnative-pg.io/documentation/current/wal_archiving/ */
export function archiving(parts: Parts, archive: Archive): readonly string[] {
  const command = [parts.barman('barman-cloud-wal-archive'), ...compressed(archive), ...place(archive), '%p'];
  return ['archive_mode = on', `archive_command = 'python3 ${command.join(' ')}'`, 'wal_level = replica'];
}

/** What a server needs in its environment so that its commands can open the archive. */
export function environmentOf({ python }: Parts, { connectionString }: Archive) {
  return { ...python, AZURE_STORAGE_CONNECTION_STRING: connectionString };
}

/** Makes the container, and says whether nobody has archived to the folder yet. */
export function checkEmpty(parts: Parts, archive: Archive): void {
  barman(parts, archive, 'barman-cloud-check-wal-archive', place(archive));
}

/** Makes a base backup, and waits until all of its write-ahead log is in the archive. */
export async function backUp(parts: Parts, archive: Archive, server: Server): Promise<void> {
  barman(parts, archive, 'barman-cloud-backup', [
    ...[...compressed(archive), '--immediate-checkpoint'],
    ...['-h', '127.0.0.1', '-p', `${server.port}`, '-U', 'postgres'],
    ...place(archive),
  ]);
}

/** Ends the current segment of the write-ahead log and waits until it is archived. */
export function archiveAll(server: Server): string {
  const segment = server.sql('postgres', 'select pg_walfile_name(pg_current_wal_insert_lsn())');
  server.sql('postgres', 'select pg_switch_wal()');
  const deadline = Date.now() + 60_000;
  while (
    server.sql(
      'postgres',
      `select coalesce(max(last_archived_wal), '') >= '${segment}' from pg_stat_archiver`,
    ) !== 't'
  ) {
    if (Date.now() > deadline) {
      throw new Error(`${segment} is not archived: ${server.log()}`);
    }
  }
  return segment;
}

/** Archives one file, as the server would. */
export function archiveFile(parts: Parts, archive: Archive, file: string): void {
  barman(parts, archive, 'barman-cloud-wal-archive', [...compressed(archive), ...place(archive), file]);
}

/** The ids of the base backups that are whole, the oldest first; of those alone that had ended at a moment. */
export function backupsIn(parts: Parts, archive: Archive, time?: string): readonly string[] {
  const answer = barman(parts, archive, 'barman-cloud-backup-list', ['--format', 'json', ...place(archive)]);
  const {
    backups_list: backups,
  }: { backups_list: { backup_id: string; status: string; end_time_iso: string | null }[] } =
    JSON.parse(answer);
  return backups
    .filter(({ status }) => status === 'DONE')
    .filter(({ end_time_iso: end }) => time === undefined || Date.parse(end ?? '') <= Date.parse(time))
    .map(({ backup_id: id }) => id);
}

/**
 * Restores the newest base backup of an archive, and everything that was archived after it; or up to a moment, from the
 * newest before it.
 * Throws when the archive holds no backup, and what the server says when it does not come up.
 */
export async function restore(
  parts: Parts,
  archive: Archive,
  name: string,
  target: { readonly time?: string; readonly archiving?: readonly string[] } = {},
): Promise<Server> {
  const id = backupsIn(parts, archive, target.time).at(-1);
  if (id === undefined) {
    throw new Error(`The folder ${archive.serverName} holds no backup that is whole.`);
  }
  const folder = join(serverFolder('postgresql', name), 'data');
  barman(parts, archive, 'barman-cloud-restore', [...place(archive), id, folder]);
  run('touch', [join(folder, 'recovery.signal')]);
  const fetch = ['python3', parts.barman('barman-cloud-wal-restore'), ...place(archive), '%f', '%p'].join(
    ' ',
  );
  // An error that is not "there is no such file" must not look like the end of the archive.
  const settings = [
    `restore_command = '${fetch} || { [ $? = 1 ] && exit 1; exit 255; }'`,
    'recovery_target_action = promote',
    ...(target.time === undefined ? [] : [`recovery_target_time = '${inPostgreSQL(target.time)}'`]),
    ...(target.archiving ?? ['archive_mode = off']),
  ];
  withoutSettingsOfSource(folder);
  return await startServer(parts, folder, settings, environmentOf(parts, archive));
}

/** A moment as the server's configuration takes it; CloudNativePG turns it round in the same way. */
function inPostgreSQL(time: string): string {
  return time.replace('T', ' ').replace('Z', '+00:00');
}

/** What the source was told to do with its own archive is none of the restored server's business. */
function withoutSettingsOfSource(folder: string): void {
  const file = join(folder, 'postgresql.auto.conf');
  if (existsSync(file)) {
    const kept = readFileSync(file, 'utf8').replaceAll(/^(archive_|port|listen_|unix_).*$/gm, '');
    writeFileSync(file, kept);
  }
}

function compressed({ compression }: Archive): readonly string[] {
  return compression === undefined ? [] : [`--${compression}`];
}

function place({ destinationPath, serverName }: Archive): readonly string[] {
  return ['--cloud-provider', 'azure-blob-storage', destinationPath, serverName];
}

function barman(parts: Parts, archive: Archive, program: string, args: readonly string[]): string {
  return run('python3', [parts.barman(program), ...args], '', environmentOf(parts, archive));
}
