import { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';

/** Where SQL runs when a database is created: `postgres`, the template of all databases, or the application's own. */
export type InitSqlList = 'postInitSQL' | 'postInitTemplateSQL' | 'postInitApplicationSQL';

/** The lists in the order in which they run. */
export const initSqlFields: readonly InitSqlList[] = [
  'postInitSQL',
  'postInitTemplateSQL',
  'postInitApplicationSQL',
];

/**
 * The SQL that runs when a database is created: the statements, then the files in config maps; what secrets hold is
 * not known. https://cloudnative-pg.io/documentation/current/bootstrap/#executing-queries-after-initialization
 */
export function initSql(inventory: Inventory, database: Field, list: InitSqlList): Field[] {
  const initdb = database.at('spec', 'bootstrap', 'initdb');
  return [...initdb.at(list).items, ...filesOf(inventory, database, list)].filter(
    ({ text }) => text !== undefined,
  );
}

/** Whether more SQL runs then than manifests hold. */
export function hasUnknownSql(inventory: Inventory, database: Field): boolean {
  return initSqlFields.some(
    (list) =>
      database.at('spec', 'bootstrap', 'initdb', `${list}Refs`, 'secretRefs').items.length > 0 ||
      filesOf(inventory, database, list).some(({ text }) => text === undefined),
  );
}

/** The keys of config maps that hold SQL, or where they are named if they are not known. */
function filesOf(inventory: Inventory, database: Field, list: InitSqlList): Field[] {
  const namespace = database.at('metadata', 'namespace').text;
  return database.at('spec', 'bootstrap', 'initdb', `${list}Refs`, 'configMapRefs').items.map((reference) => {
    const manifest = inventory.find('', 'ConfigMap', namespace, reference.at('name').text ?? '')?.manifest;
    return manifest === undefined ? reference : Field.of(manifest).at('data', reference.at('key').text ?? '');
  });
}
