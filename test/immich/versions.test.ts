import { isUnsupported, newestDatabaseImage, newestKnown, supportOf } from '../../lib/immich/versions.ts';
import { inRange, parseImmichVersion, type Version } from '../../lib/values/version.ts';

test.each([
  ['v2.2.3', true],
  ['v2.3.0', false],
  ['v2.5.6', false],
  ['v2.6.0', true],
  ['v3.3.1', true],
])('%s answers in maintenance mode, or has none: %s', (text, answers) => {
  expect(supportOf(version(text)).answersInMaintenance).toBe(answers);
});

test.each([
  ['v1.132.3', undefined],
  ['v1.133.0', '0.3.0 to 0.4.0'],
  ['v1.134.0', '0.3.0 to 0.4.0'],
  ['v1.135.0', '0.3.0 to 0.5.0'],
  ['v2.0.1', '0.3.0 to 0.5.0'],
  ['v2.1.0', '0.3.0 to 0.6.0'],
  ['v2.4.1', '0.3.0 to 0.6.0'],
  ['v2.5.0', '0.3.0 to 2.0.0'],
  ['v2.7.4', '0.3.0 to 2.0.0'],
  ['v2.7.5', '0.3.0 to 2.0.0'],
  ['v3.0.3', '0.3.0 to 2.0.0'],
])('%s works with VectorChord %s', (text, bounds) => {
  const { vectorChord } = supportOf(version(text));
  expect(vectorChord && `${vectorChord.from.text} to ${vectorChord.below.text}`).toBe(bounds);
  expect(vectorChord?.certain ?? true).toBe(true);
});

test.each(['v3.1.0', 'v3.3.1', 'v9.0.0'])(
  'of %s no range is recorded, so that a VectorChord too new for others is not refused',
  (text) => {
    const { vectorChord } = supportOf(version(text));
    expect(vectorChord?.certain).toBe(false);
    const isRefused = (vchord: Version) => vectorChord && isUnsupported(vchord, vectorChord);
    expect([isRefused(plain(0)), isRefused(plain(1)), isRefused(plain(2))]).toEqual([true, false, false]);
  },
);

test('a VectorChord that is too new or too old is refused where the range is recorded', () => {
  const { vectorChord } = supportOf(version('v3.0.3'));
  const isRefused = (vchord: Version) => vectorChord && isUnsupported(vchord, vectorChord);
  expect([isRefused(plain(0)), isRefused(plain(1)), isRefused(plain(2))]).toEqual([true, false, true]);
});

test.each([
  ['v1.117.0', '/api/server-info/ping', 3001, '/usr/src/app/upload'],
  ['v1.118.0', '/api/server/ping', 2283, '/usr/src/app/upload'],
  ['v1.137.0', '/api/server/ping', 2283, '/data'],
  ['v3.3.1', '/api/server/ping', 2283, '/data'],
])('%s answers at %s on port %i and keeps its files in %s', (text, healthPath, port, mediaLocation) => {
  expect(supportOf(version(text))).toMatchObject({ healthPath, port, mediaLocation });
});

test('a version newer than the table is told, and taken for the newest known', () => {
  const { isNewerThanKnown, ...support } = supportOf(version('v9.0.0'));
  const { isNewerThanKnown: isNewest, ...newest } = supportOf(newestKnown);
  expect([isNewest, isNewerThanKnown]).toEqual([false, true]);
  expect(support).toEqual(newest);
});

test.each([
  ['v1.132.0', undefined],
  ['v1.133.0', undefined],
  ['v2.4.1', 'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3'],
  ['v2.5.0', 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1'],
  ['v2.7.5', 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1'],
  ['v3.3.1', 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1'],
])('%s gets the database image %s', (text, image) => {
  expect(newestDatabaseImage(version(text))).toBe(image);
});

test('the default image of every version has a PostgreSQL that the version works with', () => {
  for (const text of ['v1.135.0', 'v2.0.0', 'v2.5.0', 'v2.7.5', 'v3.0.0', 'v3.3.1']) {
    const { postgres } = supportOf(version(text));
    const major = Number(/:(\d+)\./.exec(newestDatabaseImage(version(text)) ?? '')?.[1]);
    expect(inRange(plain(major), { from: plain(postgres.from), below: plain(postgres.below) })).toBe(true);
  }
});

function plain(major: number): Version {
  return { major, minor: 0, patch: 0, text: `${major}` };
}

function version(text: string): Version {
  const parsed = parseImmichVersion(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}
