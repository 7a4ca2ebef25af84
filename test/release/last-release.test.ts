import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../lib/changes/change.ts';
import { migrate } from '../../lib/migration/migrate.ts';
import { changesOfTexts, distOf } from '../changes/judged.ts';
import { lastRelease, type Released, save } from './last-release.ts';
import { untold } from './untold.ts';

// See CONTRIBUTING.md: `npm run release:keep` keeps the dist of a release.
if (process.env['KEEP_RELEASE'] === '1') save();

const changelog = readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8');
const released = lastRelease();

/** What happens to an installation whose file stays as it is while this program becomes another one. */
function changesOf({ file, text, dist }: Released): Change[] {
  return changesOfTexts(dist, distOf(migrate(text, dist).text, file));
}

describe.each(released.map((one) => [one.file, one] as const))('%s', (_, one) => {
  test('is written anew by this version, and nothing is refused', () => {
    expect(changesOf(one).filter(({ grade }) => grade === 'refused')).toEqual([]);
  });

  test('restarts nothing of which CHANGELOG.md does not say so', () => {
    expect(untold(changesOf(one), changelog)).toEqual([]);
  });
});

describe('a change of this program', () => {
  const [one] = released;
  if (one === undefined) throw new Error('Nothing is kept of the last release.');
  /** The same, had the last release written something else. */
  const formerly = (from: string, to: string) =>
    changesOf({
      ...one,
      dist: new Map([...one.dist].map(([path, text]) => [path, text.replaceAll(from, to)])),
    });
  const telling = (entry: string) => `# Changelog\n\n## Unreleased\n\n### In dist\n\n${entry}\n\n## 0.1.0\n`;

  test('that gives a volume another name is found', () => {
    const [change] = formerly('immich-library', 'immich-photos');
    expect(change).toMatchObject({ grade: 'refused' });
  });

  test('that restarts something has to be told', () => {
    const changes = formerly('terminationGracePeriodSeconds: 60', 'terminationGracePeriodSeconds: 50');
    expect(untold(changes, telling('- Something else. Nothing restarts.'))).toEqual([
      'Deployment immich/immich-server',
    ]);
    expect(untold(changes, telling('- Valkey restarts once.'))).toEqual(['Deployment immich/immich-server']);
    expect(untold(changes, telling('- The server of Immich restarts once.'))).toEqual([]);
  });
});
