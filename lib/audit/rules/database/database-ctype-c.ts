import type { Field } from '../../../manifests/field.ts';
import { isUnknown } from '../../../manifests/field.ts';
import { cluster } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { isImmichsDatabase } from '../../views/immichs-database.ts';
import { plainPostgres } from '../../views/plain-postgres.ts';

export const databaseCtypeC: Rule = {
  id: 'database-ctype-c',
  severity: 'warning',
  whose: 'upstream',
  meaning:
    'The database takes only the letters of English for letters, so that search is blind in other alphabets.',
  why: "CloudNativePG sets databases up with the ctype C unless told otherwise. There the trigrams of a word in Cyrillic, Greek or Chinese are empty, Immich's search for it finds nothing, and upper case is another word than lower case. It is decided when the database is made, and cannot be changed in place.",
  url: 'https://www.postgresql.org/docs/current/locale.html',
  limits: 'The locale of a database that exists already is not known, and a change here does not reach it.',
  examples: {
    good: cluster('bootstrap:\n  initdb: { owner: immich, localeCType: C.UTF-8 }'),
    broken: { 'localeCType: C.UTF-8': 'localeCType: POSIX' },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const bootstrap = database.at('spec', 'bootstrap');
      const initdb = bootstrap.at('initdb');
      // A database that starts as another one has the ctype of that one.
      if (bootstrap.exists && !initdb.exists) continue;
      if (!isImmichsDatabase(inventory, database) || !isPlain(initdb)) continue;
      report(initdb.exists ? initdb : database.at('spec'), {
        message: message,
        fix: 'Write bootstrap.initdb.localeCType: C.UTF-8 for a database that is still to be made. One that exists keeps its ctype: dump it, and import it into a new one.',
        // It is what CloudNativePG does unless told otherwise, and harms nobody who writes English.
        ...(inventory.complete ? {} : { severity: 'info' }),
      });
    }
    for (const { container } of plainPostgres(inventory)) {
      const flags = container.environment.find(({ name }) => name === 'POSTGRES_INITDB_ARGS');
      if (flags?.value !== undefined && plainFlags.test(flags.value)) {
        report(flags.field.at('value'), {
          message: message,
          fix: 'Write --lc-ctype=C.UTF-8 for a database that is still to be made. One that exists keeps its ctype: dump it, and import it into a new one.',
          ...(inventory.complete ? {} : { severity: 'info' }),
        });
      }
    }
  },
};

/** How initdb is told the ctype C: https://www.postgresql.org/docs/current/app-initdb.html */
const plainFlags = /--no-locale\b|--(?:locale|lc-ctype)[= ](?:C|POSIX)(?:\s|$)/;

const message =
  'A database that is set up like this has the ctype C: words in other alphabets than that of English have no trigrams, and Immich finds nothing by them.';

/** Whether PostgreSQL gets the ctype C. Options and templates of one's own may say anything. */
function isPlain(initdb: Field): boolean {
  if (initdb.at('options').exists || initdb.at('import').exists) return false;
  const said = ['localeCType', 'locale'].flatMap((key) => initdb.at(key).text ?? []);
  if (said.some(isUnknown)) return false;
  const [ctype = 'C'] = said;
  return ['C', 'POSIX'].includes(ctype);
}
