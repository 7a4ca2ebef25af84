import { configProblems } from '../../immich/config.ts';
import { isOlderDump } from '../../immich/dump.ts';
import type { Place } from '../../schema/place.ts';
import type { Installation } from '../installation.ts';

/** Settings that this version of Immich knows. */
export function checkConfiguration({ configuration, database, version }: Installation, at: Place): void {
  if (configuration.kind !== 'written') return;
  const { config } = configuration;
  if (database.kind === 'cnpg' && isOlderDump(version) && dumpsDatabase(config)) {
    at.in('config', 'backup', 'database', 'enabled').error(
      `Immich ${version.text} dumps its database with pg_dumpall, which needs a superuser, and the login of a database of ours is none: every dump fails. Write enabled: false; the database has its own backup in database.cnpg.backup.`,
    );
  }
  for (const { path, message, severity = 'error' } of configProblems(configuration.config, version)) {
    at.in('config', ...path)[severity](message);
  }
}

function dumpsDatabase(config: unknown): boolean {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).find(([name]) => name === key)?.[1]
      : undefined;
  return at(at(at(config, 'backup'), 'database'), 'enabled') === true;
}
