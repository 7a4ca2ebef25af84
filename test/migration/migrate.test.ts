import { undecided } from '../../lib/installation/volume-backup.ts';
import { migrate } from '../../lib/migration/migrate.ts';
import { steps } from '../../lib/migration/steps.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import {
  type Edit,
  edited,
  errorsIn,
  home,
  homeWithoutBackup,
  k3s,
  tachtit,
  warningsIn,
} from '../installation/example.ts';

const image = '    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1\n';
const withoutImage: Edit = [image, ''];
const withoutBackup: Edit = [`, ${homeWithoutBackup}`, ''];

/** home as it was written before either key was required. */
const older = edited(home, withoutImage, withoutBackup);

/** dist of a text, without the line in which a reason of its own would stand. */
function distOf(text: string): ReadonlyMap<string, string> {
  const { files } = synthesize(new Map([['installations/x.yaml', text]]));
  if (files === undefined) throw new Error('not synthesized');
  return files;
}

/** dist of home with another image and nothing said of a backup. */
const distWith = (tag: string) =>
  distOf(edited(home, ['17.10-1.1.1', tag], [homeWithoutBackup, `backup: none, reason: ${undecided}`]));

const none = new Map<string, string>();

test('a file that is up to date comes back as it is', () => {
  for (const text of [home, k3s, tachtit]) {
    expect(migrate(text, none)).toEqual({ text, written: [], byHand: [], faults: [] });
  }
});

test('both keys are written, all else stays, and dist is made the same of it', () => {
  const dist = distWith('16.9-0.4.3');
  const { text, written, byHand } = migrate(older, dist);
  expect(text).toBe(
    edited(home, ['17.10-1.1.1', '16.9-0.4.3'], [homeWithoutBackup, `backup: none, reason: ${undecided}`]),
  );
  expect(byHand).toEqual([]);
  expect(written.map(({ key, value }) => [key, value])).toEqual([
    ['database.cnpg.image', 'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3'],
    ['volumes.library.backup', 'none'],
    ['volumes.library.reason', undecided],
  ]);
  expect(written[0]?.because).toContain('home/home/database/cluster.immich-db.yaml');
  expect(distOf(text)).toEqual(dist);
  expect(warningsIn(text).join('\n')).toContain('The library has no backup');
});

test('what was migrated is up to date', () => {
  const { text } = migrate(older, none);
  expect(errorsIn(text)).toEqual([]);
  expect(migrate(text, none)).toEqual({ text, written: [], byHand: [], faults: [] });
});

test('the image is that of dist, though another is newer, the version of Immich changes, or it has a digest', () => {
  const pinned = `16.9-0.4.3@sha256:${'a'.repeat(64)}`;
  const changed = edited(older, ['v3.3.1', 'v2.7.5']);
  expect(migrate(changed, distWith(pinned)).text).toContain(
    `    image: ghcr.io/tensorchord/cloudnative-vectorchord:${pinned}\n`,
  );
});

test('without a database in dist it is the newest that the version works with', () => {
  expect(migrate(older, none).text).toContain(image);
  expect(migrate(edited(older, ['v3.3.1', 'v2.4.1']), none).text).toContain('16.9-0.4.3\n');
  // A database of another name, or of another installation, is another database.
  const renamed = edited(older, ['  cnpg:\n', '  cnpg:\n    name: photos\n']);
  expect(migrate(renamed, distWith('16.9-0.4.3')).text).toContain(image);
  const other = edited(older, ['name: home', 'name: house']);
  expect(migrate(other, distWith('16.9-0.4.3')).text).toContain(image);
});

test('a database that somebody else runs needs no image', () => {
  const text = edited(k3s, [
    '    backup: none\n    reason: nothing copies it yet, and the snapshots below only undo a mistake\n',
    '',
  ]);
  const { written, text: migrated } = migrate(text, none);
  expect(written.map(({ key }) => key)).toEqual(['volumes.library.backup', 'volumes.library.reason']);
  expect(migrated).toContain('  library:\n    backup: none\n    reason: not decided yet\n    storageClass:');
});

test('a reason that stands there already stays', () => {
  const text = edited(home, ['backup: none, reason', 'reason']);
  expect(migrate(text, none).text).toContain('until a backup is set up, backup: none }');
});

test('what an alias shares is left to a person, who is told what to write', () => {
  const text = edited(
    older,
    [
      'library: { storageClass: longhorn, size: 500Gi }',
      'library: &volume { storageClass: longhorn, size: 500Gi }',
    ],
    ['models:  { storageClass: longhorn, size: 20Gi }', 'models: *volume'],
  );
  const { text: migrated, written, byHand } = migrate(text, none);
  expect(written.map(({ key }) => key)).toEqual(['database.cnpg.image']);
  expect(byHand.map(({ key }) => key)).toEqual(['volumes.library.backup', 'volumes.library.reason']);
  expect(migrated).toBe(edited(text, ['  cnpg:\n', `  cnpg:\n${image}`]));
});

test('a text that is no YAML comes back as it is, with what is wrong', () => {
  const text = 'name: [home\n';
  const { faults, ...rest } = migrate(text, none);
  expect(rest).toEqual({ text, written: [], byHand: [] });
  expect(faults.length).toBeGreaterThan(0);
});

test.each(['', 'text', '[]', 'database:\nvolumes: 3\n', 'database: { cnpg: }\n'])(
  'nothing is written into %j, which synth has to explain first',
  (text) => {
    expect(migrate(text, none)).toMatchObject({ text, written: [], byHand: [] });
  },
);

test('each step has a name of its own', () => {
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
});
