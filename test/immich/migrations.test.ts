import { attentionBetween } from '../../lib/immich/attention.ts';
import { migrationsBetween } from '../../lib/immich/migrations.ts';
import { release } from '../../lib/immich/release.ts';

const told = (...[from, to]: Parameters<typeof migrationsBetween>) => {
  const { known, unknown } = migrationsBetween(from, to);
  return { known: known.map(({ release, names }) => `${release.text} ${names.length}`), unknown };
};

test('migrations are told by the release that brings them, without where it begins', () => {
  expect(migrationsBetween(release(2, 5, 1), release(2, 5, 6)).known).toEqual([
    {
      release: expect.objectContaining({ text: 'v2.5.2' }),
      names: ['1769635093204-DropThumbnailJobStatusColumns'],
    },
  ]);
  expect(told(release(2, 5, 2), release(2, 7, 5))).toEqual({
    known: ['v2.6.0 9', 'v2.6.2 1', 'v2.6.3 1', 'v2.7.0 2'],
    unknown: [],
  });
});

test('releases that bring none are recorded as that', () => {
  expect(told(release(2, 7, 1), release(2, 7, 5))).toEqual({ known: [], unknown: [] });
});

test('what is not recorded is named, and not taken for none', () => {
  expect(told(release(3, 3, 0), release(3, 3, 1)).unknown).toEqual(['v3.3.1']);
  expect(told(release(3, 0, 2), release(3, 2, 0))).toEqual({
    known: ['v3.0.3 1'],
    unknown: ['v3.1.0', 'v3.2.0'],
  });
});

test('a release that is not in the table is named, whether it is newer, between, or before the first', () => {
  expect(told(release(3, 3, 1), release(3, 9, 0)).unknown).toEqual(['all after v3.3.1 up to v3.9.0']);
  expect(told(release(2, 5, 5), release(2, 5, 7)).unknown).toEqual(['v2.5.7']);
  expect(told(release(1, 120, 0), release(1, 132, 1)).unknown).toEqual([
    'all before v1.132.0',
    'v1.132.0',
    'v1.132.1',
  ]);
});

test('attention points are those of the releases in between, oldest first, each with its source', () => {
  const points = attentionBetween(release(2, 5, 0), release(3, 0, 0));
  expect(points.map(({ release }) => release.text)).toEqual([
    'v2.5.2',
    'v2.6.0',
    'v2.6.0',
    'v2.7.0',
    'v3.0.0',
    'v3.0.0',
  ]);
  for (const { text, source } of points) {
    expect(text).toMatch(/\.$/);
    expect(source).toMatch(/^https:\/\//);
  }
  expect(attentionBetween(release(3, 0, 0), release(2, 5, 0))).toEqual([]);
});
