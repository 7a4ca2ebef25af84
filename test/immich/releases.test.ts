import { immichConfig } from '../../lib/immich/config.ts';
import { serverVariables } from '../../lib/immich/environment/server.ts';
import { release } from '../../lib/immich/release.ts';
import { historyOf, recordOf, releases, releasesBetween } from '../../lib/immich/releases.ts';
import { supportOf } from '../../lib/immich/versions.ts';
import type { JsonSchema } from '../../lib/schema/json-schema.ts';
import { compareVersions } from '../../lib/values/version.ts';

test('releases stand in their order, each once', () => {
  const versions = releases().map(({ version }) => version);
  expect(versions).toEqual([...versions].sort(compareVersions));
  expect(new Set(versions.map(({ text }) => text)).size).toBe(versions.length);
});

test('what is not recorded is missing, and is not taken for nothing', () => {
  const newest = recordOf(release(3, 3, 1));
  expect(newest).toBeDefined();
  expect(newest).not.toHaveProperty('migrations');
  expect(newest).not.toHaveProperty('vectorChord');
  expect(recordOf(release(2, 7, 5))?.migrations).toEqual([]);
  expect(recordOf(release(2, 5, 7))).toBeUndefined();
});

test('a release whose tag was not read names its source', () => {
  const byHand = releases().filter(({ vectorChord }) => vectorChord === undefined);
  expect(byHand.length).toBeGreaterThan(0);
  for (const { source } of byHand) expect(source).toMatch(/^https:\/\//);
});

test('a patch can carry a migration', () => {
  expect(recordOf(release(2, 5, 2))?.migrations).toEqual(['1769635093204-DropThumbnailJobStatusColumns']);
  expect(recordOf(release(3, 0, 0))?.migrations).toHaveLength(17);
});

test('an extension that a version knows nothing of is none', () => {
  expect(recordOf(release(1, 132, 3))?.vectorChord).toBe('none');
  expect(recordOf(release(3, 0, 0))?.pgvectoRs).toBe('none');
  expect(recordOf(release(2, 7, 5))?.pgvectoRs).toMatchObject({ from: { minor: 2 }, below: { minor: 4 } });
});

test('an upgrade goes through what lies in between, without where it begins and with where it ends', () => {
  expect(releasesBetween(release(2, 7, 4), release(3, 0, 1)).map(({ version }) => version.text)).toEqual([
    'v2.7.5',
    'v3.0.0',
    'v3.0.1',
  ]);
  expect(releasesBetween(release(3, 0, 1), release(2, 7, 4))).toEqual([]);
});

test('a name has a history where one is recorded', () => {
  expect(historyOf('environment', 'IMMICH_PLUGINS_ENABLED')).toMatchObject({
    since: { text: 'v2.3.0' },
    removedIn: { text: 'v2.5.0' },
  });
  expect(historyOf('config', 'job.editor')).toMatchObject({ since: { text: 'v2.5.0' } });
  expect(historyOf('environment', 'DB_HOSTNAME')).toEqual({});
});

test('every variable of the server that came or went is described, and its history has no other home', () => {
  const names = releases().flatMap(({ environment }) => [
    ...(environment?.added ?? []),
    ...(environment?.removed ?? []),
  ]);
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !serverVariables.has(name))).toEqual([]);
  const twice = [...serverVariables].filter(
    ([, { since, removedIn }]) => since !== undefined || removedIn !== undefined,
  );
  expect(twice).toEqual([]);
});

test('every setting that came is one that can be written', () => {
  const added = releases().flatMap(({ config }) => config?.added ?? []);
  expect(added.filter((key) => !isKey(immichConfig.json, key.split('.')))).toEqual([]);
});

test('the PostgreSQL that a version dumps is one that it starts with', () => {
  for (const { version, postgres } of releases()) {
    if (postgres?.from === undefined) continue;
    expect(supportOf(version).postgres.from).toBeGreaterThanOrEqual(postgres.from.major);
  }
});

function isKey(schema: JsonSchema | undefined, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return schema !== undefined;
  return isKey(schema?.properties?.[step], rest);
}
