import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from '../../lib/drill/scripts.ts';
import { moved } from './moved.ts';
import type { Parts } from './parts.ts';
import { run, type Server, sharedFolder } from './server.ts';

/** What a drill ended with. */
export interface Verdict {
  readonly code: number;
  readonly message: string;
}

/**
 * Runs the drill's own script over a database, as the container `look` does, with its folders in another place.
 *
 * @param history a name; drills of the same history remember each other
 */
export function look(
  parts: Parts,
  files: Readonly<Record<string, string>>,
  server: Server,
  database: string,
  history: string,
): Verdict {
  runs += 1;
  const places = {
    [folders.scripts]: sharedFolder('drill', `${runs}`, 'files'),
    [folders.shared]: sharedFolder('drill', `${runs}`, 'shared'),
    [folders.history]: sharedFolder('drill', 'history', history),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(places[folders.scripts] ?? '', name), moved(text, places), { mode: 0o644 });
  }
  const shared = places[folders.shared] ?? '';
  for (const [file, seconds] of [
    ['started', '100'],
    ['restored', '142'],
  ] as const) {
    writeFileSync(join(shared, file), seconds);
  }
  mkdirSync(shared, { recursive: true });
  run('/bin/sh', [join(places[folders.scripts] ?? '', 'look.sh')], '', {
    PATH: `${parts.postgresql}:/usr/bin:/bin`,
    PGHOST: '127.0.0.1',
    PGPORT: `${server.port}`,
    PGUSER: 'immich',
    PGDATABASE: database,
    PGOPTIONS: '-c client_min_messages=error',
  });
  const code = join(shared, 'code');
  return {
    code: Number(existsSync(code) ? readFileSync(code, 'utf8') : Number.NaN),
    message: readFileSync(join(shared, 'message'), 'utf8').trim(),
  };
}

let runs = 0;
