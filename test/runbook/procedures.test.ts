import { parse } from 'yaml';
import { verdictOf } from '../../lib/changes/accepted.ts';
import { changesOfTexts, distOf } from '../changes/judged.ts';
import { edited, home, homeWithoutBackup, tachtit } from '../installation/example.ts';
import { blocksOf, withLines, withoutKey } from './procedures.ts';

const file = 'installations/it.yaml';

function runbookOf(text: string): string {
  return [...distOf(text, file)].find(([path]) => path.endsWith('/RUNBOOK.md'))?.[1] ?? '';
}

function linesOf(text: string, title: string): string[] {
  const blocks = blocksOf(runbookOf(text), title).filter(({ language }) => language === 'yaml');
  if (blocks.length === 0) throw new Error(`"${title}" has nothing to write.`);
  return blocks.map(({ text }) => text);
}

/** The file after everything that a chapter says to write, with other texts in place of what it leaves to the reader. */
function followed(file: string, title: string, words: Readonly<Record<string, string>>): string {
  return linesOf(file, title)
    .map((lines) => Object.entries(words).reduce((said, [from, to]) => said.replaceAll(from, to), lines))
    .reduce(withLines, file);
}

/** What synth still refuses when one file becomes another. */
function refused(before: string, after: string): string[] {
  const { accept = [] }: { accept?: { change: string; because: string }[] } = parse(after);
  return verdictOf(changesOfTexts(distOf(before, file), distOf(after, file)), accept).refused.map(
    ({ id }) => id,
  );
}

const withVolSync = edited(home, [homeWithoutBackup, 'backup: { volsync: {} }']);

describe.each([
  ['home', home],
  ['home with VolSync', withVolSync],
  ['tachtit', tachtit],
])('%s: what the runbook says to write is not refused', (_, text) => {
  test.each(['Restore the database to a point in time', 'Rebuild from git', 'Move to another cluster'])(
    '%s, and restoreFrom taken out again',
    (title) => {
      const restored = followed(text, title, {
        '<new cluster>': 'elsewhere',
        '<new cluster of the database>': 'elsewhere-data',
      });
      expect(refused(text, restored)).toEqual([]);
      expect(restored).toContain('stopped: true');
      const after = withoutKey(restored, 'database', 'cnpg', 'restoreFrom');
      expect(refused(restored, after)).toEqual([]);
      expect(after).toContain('lineage: v1');
      const awake = followed(after, 'Bring the server back', {});
      expect(refused(after, awake)).toEqual([]);
      expect(awake).toContain('stopped: false');
    },
  );

  test('Roll an upgrade back', () => {
    const version = text.includes('v2.5.0') ? 'v2.4.1' : 'v3.3.0';
    const back = followed(text, 'Roll an upgrade back', { '<the version before>': version });
    expect(refused(text, back)).toEqual([]);
    // Without the restore, or rather without what is accepted with it, an older version is refused.
    expect(refused(text, withoutKey(back, 'accept'))).toEqual([
      expect.stringContaining(':version:downgrade:'),
    ]);
  });
});

test('the one commit of a rebuild fills the library from its backup, where VolSync can', () => {
  const populates = (text: string) =>
    parse(followed(text, 'Rebuild from git', {})).volumes.library.populate !== undefined;
  expect(populates(withVolSync)).toBe(true);
  expect(blocksOf(runbookOf(withVolSync), 'Rebuild from git').map(({ text }) => text)).toContainEqual(
    expect.stringContaining('wait replicationdestinations.volsync.backube/immich-library-populate'),
  );
  expect(populates(home)).toBe(false);
  expect(populates(tachtit)).toBe(false);
  expect(populates(edited(withVolSync, ['volsync: {}', 'volsync: { copyMethod: Direct }']))).toBe(false);
});
