import { allKeys, keyExplanation } from '../../lib/reference/key.ts';
import { plain } from '../../lib/text/style.ts';

const keys = allKeys();

function explained(path: string): string {
  const key = keys.find((one) => one.path === path);
  return key === undefined ? '' : keyExplanation(key, keys, plain);
}

test('each key stands once, by its full path', () => {
  const paths = keys.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toEqual(
    expect.arrayContaining(['host', 'database.cnpg.backup.s3.bucket', 'volumes.library.nfs']),
  );
});

test('a key that may be left out says what holds then, and one that may not that it is required', () => {
  expect(explained('namespace')).toContain('\nDefault: "immich"\n');
  expect(explained('timezone')).not.toContain('Required.');
  expect(explained('host')).toContain('\nRequired.\n');
  expect(explained('host')).not.toContain('Default');
});

test('a key with others below it names those, and not the ones below them', () => {
  expect(explained('route')).toMatch(/\nBelow it:\n(.*\n)* {2}route\.certificate +\S/);
  expect(explained('route')).not.toContain('route.certificate.clusterIssuer');
  expect(explained('host')).not.toContain('Below it');
});

test('nothing of Markdown is left for the terminal', () => {
  for (const key of keys) {
    expect(keyExplanation(key, keys, plain).replace(key.schema.description ?? '', '')).not.toContain('`');
  }
});
