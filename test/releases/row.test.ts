import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import rows from '../../lib/immich/releases.json' with { type: 'json' };
import { compareTags, rowOf, type Sources, tableWith, unknownIn } from '../../releases/row.ts';

const read = (folder: string, name: string) => readFileSync(join(__dirname, 'sources', folder, name), 'utf8');

/** Small files in the shape of upstream's, of a release and of the one before it. */
const sourcesOf = (folder: string): Sources => ({
  constants: read(folder, 'constants.txt'),
  migrations: read(folder, 'migrations.txt').trim().split('\n'),
  environment: read(folder, 'environment.txt'),
  config: read(folder, 'config.txt'),
  enums: read(folder, 'enums.txt'),
});

const nothing: Sources = {
  constants: undefined,
  migrations: undefined,
  environment: undefined,
  config: undefined,
  enums: undefined,
};

test('a row says what a release has, and what it has not had before', () => {
  expect(rowOf('v8.1.0', '2030-01-02', sourcesOf('new'), sourcesOf('old'))).toEqual({
    version: 'v8.1.0',
    date: '2030-01-02',
    postgres: '>=15.0.0',
    vectorChord: '>=1 <3',
    pgvectoRs: null,
    pgvector: '>=0.5 <1',
    migrations: ['1900000000002-AddColours', '1900000000003-DropShapes'],
    environment: { added: ['IMMICH_COLOURS'], removed: ['IMMICH_SHAPES'] },
    config: { added: ['colours', 'job.colours'], removed: ['shapes.round'] },
  });
});

test('where nothing changed it says so, which is not the same as not to know', () => {
  const row = rowOf('v8.1.1', '2030-01-03', sourcesOf('new'), sourcesOf('new'));
  expect(row).toMatchObject({ migrations: [], environment: {}, config: {} });
  expect(unknownIn(row)).toEqual([]);
});

test('what cannot be read is left out, and told', () => {
  const row = rowOf('v8.1.0', '2030-01-02', nothing, sourcesOf('old'));
  expect(row).toEqual({ version: 'v8.1.0', date: '2030-01-02' });
  expect(unknownIn(row)).toEqual([
    ...['postgres', 'vectorChord', 'pgvectoRs', 'pgvector', 'migrations', 'environment', 'config'],
  ]);
  const first = rowOf('v8.1.0', '2030-01-02', sourcesOf('new'), nothing);
  expect(unknownIn(first)).toEqual(['migrations', 'environment', 'config']);
  const moved = {
    ...sourcesOf('new'),
    constants: 'export const OTHER = 1;',
    environment: 'export class Env {}',
  };
  expect(unknownIn(rowOf('v8.1.0', '2030-01-02', moved, sourcesOf('old')))).toContain('environment');
  expect(unknownIn(rowOf('v8.1.0', '2030-01-02', moved, sourcesOf('old')))).toContain('vectorChord');
});

test('the table keeps its order, takes the place of what was written by hand, and leaves all other lines', () => {
  const table = readFileSync(join(__dirname, '../../lib/immich/releases.json'), 'utf8');
  expect(tableWith(rows, [])).toBe(table);
  const row = rowOf('v3.3.1', '2026-10-08', sourcesOf('new'), sourcesOf('old'));
  const next = rowOf('v3.10.0', '2027-01-01', sourcesOf('new'), sourcesOf('new'));
  const lines = tableWith(rows, [next, row]).split('\n');
  expect(lines.slice(0, 50)).toEqual(table.split('\n').slice(0, 50));
  const read: { version: string; source?: string }[] = JSON.parse(lines.join('\n'));
  expect(read.slice(-2).map(({ version, source }) => [version, source])).toEqual([
    ['v3.3.1', undefined],
    ['v3.10.0', undefined],
  ]);
});

test('what a person wrote for the attention of others stays when the tag is read', () => {
  const attention = [{ text: 'The app needs iOS 14.', source: 'https://example.com' }];
  const row = rowOf('v3.3.1', '2026-10-08', sourcesOf('new'), sourcesOf('old'));
  const read: unknown = JSON.parse(
    tableWith([{ version: 'v3.3.1', source: 'https://example.com', attention }], [row]),
  );
  expect(read).toEqual([{ ...row, attention }]);
});

test('tags are compared by their numbers', () => {
  expect(['v2.10.0', 'v2.9.1', 'v10.0.0', 'v2.9.0'].sort(compareTags)).toEqual([
    ...['v2.9.0', 'v2.9.1', 'v2.10.0', 'v10.0.0'],
  ]);
});
