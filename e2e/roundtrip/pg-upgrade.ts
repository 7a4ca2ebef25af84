import { join } from 'node:path';
import type { Parts } from './parts.ts';
import { initialize, run, serverFolder } from './server.ts';

/** Takes the folder of a server that has stopped to another major version, as CloudNativePG does, and returns the new one. */
export function upgradeFolder(upgrade: {
  readonly from: Parts;
  readonly to: Parts;
  readonly folder: string;
  readonly name: string;
}): string {
  const { from, to, folder, name } = upgrade;
  const upgraded = initialize(to, name);
  const work = serverFolder('postgresql', `${name}-work`);
  run('/bin/sh', [
    '-c',
    'cd "$0" && exec "$@"',
    work,
    join(to.postgresql, 'pg_upgrade'),
    ...['--old-bindir', from.postgresql, '--new-bindir', to.postgresql],
    ...['--old-datadir', folder, '--new-datadir', upgraded, '--username', 'postgres', '--link'],
    ...['--socketdir', work, '--old-options', '-c archive_mode=off'],
  ]);
  return upgraded;
}
