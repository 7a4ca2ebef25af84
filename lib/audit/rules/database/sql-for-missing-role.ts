import type { Field } from '../../../manifests/field.ts';
import { isUnknown } from '../../../manifests/field.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { initSql, initSqlFields } from '../../views/init-sql.ts';

export const sqlForMissingRole: Rule = {
  id: 'sql-for-missing-role',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A statement that runs when the database is created names a role that does not exist then.',
  why: 'CloudNativePG creates one role before it runs these statements, called as owner says, or "app" where nothing does; those of managed.roles come later. A statement for another role fails, and with it the whole creation of the database.',
  url: 'https://cloudnative-pg.io/documentation/current/bootstrap/#executing-queries-after-initialization',
  examples: {
    good: documents(
      cluster(`bootstrap:
  initdb:
    database: immich
    owner: immich
    postInitSQL: [ALTER USER immich WITH CREATEDB]`),
    ),
    broken: { 'owner: immich': 'owner: photos' },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const initdb = database.at('spec', 'bootstrap', 'initdb');
      const roles = new Set(['postgres', ownerOf(initdb)]);
      if ([...roles].some(isUnknown)) continue;
      for (const list of initSqlFields) {
        for (const statement of initSql(inventory, database, list)) {
          const text = statement.text ?? '';
          for (const [, role = ''] of text.matchAll(created)) roles.add(role.toLowerCase());
          const missing = naming
            .flatMap((pattern) => [...text.matchAll(pattern)])
            .map(([, role = '']) => role.toLowerCase())
            .find((role) => !roles.has(role) && !keywords.has(role) && !role.startsWith('pg_'));
          if (missing !== undefined && !isUnknown(text)) {
            report(statement, {
              message: `There is no role ${quote(missing)} when this runs, only ${quote(ownerOf(initdb))}; the statement fails, and the database is never created.`,
              fix: `Write bootstrap.initdb.owner: ${missing}, or name ${quote(ownerOf(initdb))}.`,
              // A database that is there already was created before the statement was written.
              ...(inventory.complete ? {} : { severity: 'warning' }),
            });
          }
        }
      }
    }
  },
};

/** https://cloudnative-pg.io/documentation/current/bootstrap/#bootstrap-an-empty-cluster-initdb */
function ownerOf(initdb: Field): string {
  return (initdb.at('owner').text ?? initdb.at('database').text ?? 'app').toLowerCase();
}

const created = /\bcreate\s+(?:user|role)\s+"?([\w$-]+)"?/gi;
const naming = [
  /\balter\s+(?:user|role)\s+"?([\w$-]+)"?/gi,
  /\bowner\s+to\s+"?([\w$-]+)"?/gi,
  /\bcreate\s+(?:database|schema)\b[^;]*?\b(?:owner(?:\s*=)?|authorization)\s+"?([\w$-]+)"?/gi,
  /\bgrant\b[^;]*?\bto\s+(?:group\s+)?"?([\w$-]+)"?/gi,
];
const keywords = new Set(['all', 'current_user', 'current_role', 'session_user', 'public', 'if']);
