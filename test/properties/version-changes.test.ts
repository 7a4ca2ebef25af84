import { parse } from 'yaml';
import { releases } from '../../lib/immich/releases.ts';
import { isUnsupported, supportOf } from '../../lib/immich/versions.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, home, tachtit } from '../installation/example.ts';

/** What holds data, or backs it up. */
const kinds = new Set([
  'Cluster',
  'Database',
  'ObjectStore',
  'ScheduledBackup',
  'PersistentVolumeClaim',
  'PersistentVolume',
]);

/** Files of these kinds, by their path. */
function dataOf(text: string): ReadonlyMap<string, string> {
  const { files, problems } = synthesize(new Map([['installations/x.yaml', text]]));
  if (files === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return new Map([...files].filter(([file, yaml]) => file.endsWith('.yaml') && kinds.has(parse(yaml).kind)));
}

describe.each([
  ['home', home, 'v3.3.1', '17.10-1.1.1', { major: 1, minor: 1, patch: 1, text: '1.1.1' }],
  [
    'home',
    edited(home, ['17.10-1.1.1', '16.9-0.4.3']),
    'v3.3.1',
    '16.9-0.4.3',
    { major: 0, minor: 4, patch: 3, text: '0.4.3' },
  ],
  ['tachtit', tachtit, 'v2.5.0', '16.9-0.4.3', { major: 0, minor: 4, patch: 3, text: '0.4.3' }],
])('%s, whatever its version', (_, text, written, image, vectorChord) => {
  const versions = releases()
    .map(({ version }) => version)
    .filter((version) => {
      const range = supportOf(version).vectorChord;
      return version.major >= 2 && range !== undefined && !isUnsupported(vectorChord, range);
    });
  const trees = new Map(versions.map(({ text: to }) => [to, dataOf(edited(text, [written, to]))]));

  test(`keeps its database on ${image}`, () => {
    expect(trees.size).toBeGreaterThan(20);
    for (const tree of trees.values()) {
      const cluster = [...tree].find(([file]) => file.includes('/cluster.'))?.[1] ?? '';
      expect(parse(cluster).spec.imageName).toMatch(new RegExp(`:${image}$`));
    }
  });

  test('changes nothing that holds data or backs it up, from any release to any other', () => {
    for (const [from, before] of trees) {
      for (const [to, after] of trees) {
        expect({ from, to, files: [...after].filter(([file, yaml]) => before.get(file) !== yaml) }).toEqual({
          from,
          to,
          files: [],
        });
        expect(after.size).toBe(before.size);
      }
    }
  });
});

test('an older image would be seen to change, so that the comparison sees something', () => {
  const before = dataOf(home);
  const after = dataOf(edited(home, ['17.10-1.1.1', '16.9-0.4.3']));
  expect([...after].filter(([file, yaml]) => before.get(file) !== yaml).map(([file]) => file)).toEqual(
    expect.arrayContaining([expect.stringContaining('/cluster.immich-db.yaml')]),
  );
});
