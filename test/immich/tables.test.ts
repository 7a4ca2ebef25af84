import { release } from '../../lib/immich/release.ts';
import { tablesOf } from '../../lib/immich/tables.ts';
import { newestKnown } from '../../lib/immich/versions.ts';

test('tables have singular names since v1.136', () => {
  expect(tablesOf(release(1, 135, 3))).toEqual(
    expect.arrayContaining(['assets', 'users', 'exif', 'smart_search']),
  );
  expect(tablesOf(release(1, 136, 0))).toEqual(
    expect.arrayContaining(['asset', 'user', 'asset_exif', 'smart_search']),
  );
  expect(tablesOf(release(1, 136, 0))).not.toContain('assets');
  expect(tablesOf(release(1, 135, 3))).not.toContain('asset');
});

test('nothing is said of v1.132.0, whose names are not known', () => {
  expect(tablesOf(release(1, 132, 0))).toBeUndefined();
});

test('a table is asked for only in versions that are known to have it', () => {
  expect(tablesOf(release(2, 1, 0))).not.toContain('asset_ocr');
  expect(tablesOf(release(2, 2, 0))).toContain('asset_ocr');
  expect(tablesOf(release(2, 4, 1))).not.toContain('asset_edit');
  expect(tablesOf(release(2, 5, 0))).toContain('asset_edit');
  expect(tablesOf(release(2, 7, 5))).not.toContain('integrity_report');
  expect(tablesOf(release(3, 0, 0))).toContain('integrity_report');
});

test('names are plain and listed once', () => {
  const tables = tablesOf(newestKnown) ?? [];
  expect(new Set(tables).size).toBe(tables.length);
  for (const name of tables) expect(name).toMatch(/^[a-z_]+$/);
});
