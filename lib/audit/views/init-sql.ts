import { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';

/** Where SQL runs when a database is created: `postgres`, the template of all databases, or the application's own. */
export type InitSqlList = 'postInitSQL' | 'postInitTemplateSQL' | 'postInitApplicationSQL';

/** The lists in the order in which they run. */
export const INIT_SQL: readonly InitSqlList[] = [
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
  const namespace = database.at('metadata', 'namespace').text;
  const files = initdb.at(`${list}Refs`, 'configMapRefs').items.flatMap((reference) => {
    const manifest = inventory.find('', 'ConfigMap', namespace, reference.at('name').text ?? '')?.manifest;
    return manifest === undefined ? [] : [Field.of(manifest).at('data', reference.at('key').text ?? '')];
  });
  return [...initdb.at(list).items, ...files].filter(({ text }) => text !== undefined);
}
