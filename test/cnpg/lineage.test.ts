import { archiveFolderOf, nextLineage, sourceFolderOf } from '../../lib/cnpg/lineage.ts';

test.each([
  [undefined, 'immich-db'],
  ['original', 'immich-db'],
  ['v1', 'immich-db-v1'],
])('the lineage %s archives to %s', (lineage, folder) => {
  expect(archiveFolderOf({ name: 'immich-db', lineage })).toBe(folder);
});

test.each([
  [undefined, 'v1'],
  ['original', 'v1'],
  ['v1', 'v2'],
  ['life-9', 'life-10'],
])('after the lineage %s comes %s', (lineage, next) => {
  expect(nextLineage(lineage)).toBe(next);
});

test('a database starts from the folder of the life that it names', () => {
  const from = (database: string | undefined, lineage: string) =>
    sourceFolderOf({ name: 'immich-db', restoreFrom: { database, lineage } });
  expect(from(undefined, 'v1')).toBe('immich-db-v1');
  expect(from('photos', 'original')).toBe('photos');
  expect(sourceFolderOf({ name: 'immich-db', restoreFrom: undefined })).toBeUndefined();
});
