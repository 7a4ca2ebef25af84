import { home, tachtit } from './bases.ts';
import { changesOfTexts, distOf } from './judged.ts';

/** dist with one text in the place of another, wherever it stands. Job names change with what their Jobs run. */
function replaced(text: string, from: string, to: string): ReadonlyMap<string, string> {
  const job = /immich-vectorchord-[-\da-f]+/g;
  return new Map(
    [...distOf(text)].map(([path, content]) => {
      const written = content.replaceAll(from, to);
      const named = `immich-vectorchord-${to.replace(/[^a-z\d]+/gi, '-')}`;
      return [path.replace(job, named), written.replaceAll(job, named)];
    }),
  );
}

const releases = [
  'v1.132.3',
  'v2.4.1',
  'v2.5.0',
  'v2.5.2',
  'v2.7.4',
  'v2.7.5',
  'v3.0.0',
  'v3.0.3',
  'v3.3.1',
  'v3.9.0',
  'v4.0.0',
];
const numbers = (version: string) => version.slice(1).split('.').map(Number);

/** How releases compare, said once more without the code that is tested. */
function isOlder(one: string, other: string): boolean {
  const [a, b] = [numbers(one), numbers(other)];
  const index = a.findIndex((number, at) => number !== b[at]);
  return (a[index] ?? 0) < (b[index] ?? 0);
}

const pairs = releases.flatMap((from) =>
  releases.filter((to) => to !== from).map((to) => [from, to] as const),
);

describe('every change from one release of Immich to another', () => {
  test.each(pairs)('%s to %s', (from, to) => {
    const changes = changesOfTexts(replaced(home, 'v3.3.1', from), replaced(home, 'v3.3.1', to));
    const [change, ...others] = changes.filter(({ grade }) => grade !== 'routine');
    const majors = (numbers(to)[0] ?? 0) - (numbers(from)[0] ?? 0);
    const isBack = isOlder(to, from);
    expect(others).toEqual([]);
    const isWithoutMigrations = from === 'v2.7.4' && to === 'v2.7.5';
    expect(change).toMatchObject({
      id: `home:version:${isBack ? 'downgrade' : 'upgrade'}:${from}->${to}`,
      grade: isBack || majors > 1 ? 'refused' : isWithoutMigrations ? 'restarting' : 'steps',
      key: ['version'],
    });
    if (isBack) expect(change?.sentence).toContain('The way back is a restore');
    else if (isWithoutMigrations) expect(change?.sentence).toContain('No migration comes with it');
    else expect(change?.sentence).toContain('no way back but a restore');
    expect(change?.steps.some((step) => step.includes('Update the apps on all phones'))).toBe(majors === 1);
    const crosses = isOlder(from, 'v3.0.0') && !isOlder(to, 'v3.0.0');
    expect(change?.steps.some((step) => step.includes('x86-64-v2'))).toBe(crosses);
  });
});

describe('migrations', () => {
  const sentence = (from: string, to: string) =>
    changesOfTexts(replaced(home, 'v3.3.1', from), replaced(home, 'v3.3.1', to))[0]?.sentence;

  test('are told by name where they are recorded', () => {
    expect(sentence('v2.5.0', 'v2.5.6')).toContain('Migrations: v2.5.2 DropThumbnailJobStatusColumns.');
  });

  test('are told by number where they are too many to read', () => {
    expect(sentence('v1.144.1', 'v2.7.5')).not.toContain('Migrations: v2.2.0 4; ');
    expect(sentence('v1.133.0', 'v2.7.5')).toContain('v2.2.0 4; v2.3.0 2; ');
  });

  test('are said not to be recorded where they are not, and never taken for none', () => {
    expect(sentence('v3.3.0', 'v3.3.1')).toContain('Migrations of v3.3.1: not recorded here.');
    expect(sentence('v3.0.3', 'v3.9.0')).toContain(
      'Migrations of v3.1.0, v3.2.0, v3.2.2, v3.2.4, v3.3.0, v3.3.1, all after v3.3.1 up to v3.9.0: not recorded here.',
    );
  });

  test('that did not come do not make going back right', () => {
    expect(sentence('v2.7.5', 'v2.7.4')).toContain('no migration is recorded between');
    expect(sentence('v3.3.1', 'v3.3.0')).toContain('never takes a database back');
  });
});

const image = 'cloudnative-vectorchord:16.9-0.4.3';
const contents = [
  '15.18-0.4.3',
  '16.9-0.4.3',
  '16.14-0.4.3',
  '16.14-0.5.3',
  '17.10-0.4.3',
  '17.10-1.1.1',
  '18.4-1.1.1',
];
const images = contents.flatMap((from) =>
  contents.filter((to) => to !== from).map((to) => [from, to] as const),
);

describe('every change from one image of the database to another, in the same archive folder', () => {
  test.each(images)('%s to %s', (from, to) => {
    const changes = changesOfTexts(
      replaced(tachtit, image, `cloudnative-vectorchord:${from}`),
      replaced(tachtit, image, `cloudnative-vectorchord:${to}`),
    ).filter(({ grade, topic }) => grade !== 'routine' && topic === 'data');
    const [[postgres = '', vectorchord], [other = '', otherVectorchord]] = [from.split('-'), to.split('-')];
    const isSameMajor = postgres.split('.')[0] === other.split('.')[0];
    const isVectorBack = isOlder(`v${otherVectorchord}`, `v${vectorchord}`);
    const expected = !isSameMajor || isVectorBack ? 'refused' : 'steps';
    const isMinor = isSameMajor && vectorchord === otherVectorchord;
    const isMinorBack = isMinor && isOlder(`v${other}.0`, `v${postgres}.0`);
    expect(changes[0]?.grade).toBe(isMinor && !isMinorBack ? 'restarting' : isMinorBack ? 'steps' : expected);
    if (!isSameMajor && !isOlder(`v${other}.0`, `v${postgres}.0`)) {
      expect(changes[0]?.sentence).toContain('archive into the same folder');
    }
  });
});

test('server and machine learning of two releases are told, and refused across a major', () => {
  const before = distOf(home);
  const only = (to: string) =>
    new Map(
      [...before].map(([path, content]) => [
        path,
        path.endsWith('deployment.immich-server.yaml') ? content.replaceAll('v3.3.1', to) : content,
      ]),
    );
  const ids = (to: string) => changesOfTexts(before, only(to)).map(({ grade, id }) => `${grade} ${id}`);
  expect(ids('v3.4.0')).toContain('steps home:machineLearning.image:apart:v3.4.0->v3.3.1');
  expect(ids('v4.0.0')).toContain('refused home:machineLearning.image:apart:v4.0.0->v3.3.1');
});

test('a tag that tells no version is never routine', () => {
  const [change] = changesOfTexts(distOf(home), replaced(home, 'v3.3.1', 'release'));
  expect(change).toMatchObject({ grade: 'steps', id: 'home:version:image:v3.3.1->unknown' });
});

test('an image of the database whose tag tells nothing is never routine', () => {
  const [change] = changesOfTexts(
    distOf(tachtit),
    replaced(tachtit, image, 'cloudnative-vectorchord:latest'),
  );
  expect(change).toMatchObject({ grade: 'steps', key: ['database', 'cnpg', 'image'] });
  expect(change?.sentence).toContain('not known here');
});

describe('another distribution in the image', () => {
  const from = (to: string) =>
    changesOfTexts(
      replaced(tachtit, `tensorchord/${image}`, 'cloudnative-pg/postgresql:16.9'),
      replaced(tachtit, `tensorchord/${image}`, to),
    ).filter(({ id }) => id.includes('distribution'));

  test('is told, and restarts where the database sorts by bytes', () => {
    const [change] = from('cloudnative-pg/postgresql:16.10-standard-bookworm');
    expect(change).toMatchObject({
      grade: 'restarting',
      id: 'tachtit:database.cnpg.image:distribution:bullseye->bookworm',
    });
  });

  test('is nothing where it is the same', () => {
    expect(from('cloudnative-pg/postgresql:16.9-standard-bullseye')).toEqual([]);
  });

  test('keeps a major version from being upgraded in place', () => {
    const changes = changesOfTexts(
      replaced(tachtit, `tensorchord/${image}`, 'cloudnative-pg/postgresql:16.10-standard-bookworm'),
      new Map(
        [...replaced(tachtit, `tensorchord/${image}`, 'cloudnative-pg/postgresql:17.6-standard-trixie')].map(
          ([path, content]) => [path, content.replace(/serverName: .*/, 'serverName: another')],
        ),
      ),
    );
    expect(changes[0]).toMatchObject({ grade: 'refused' });
    expect(changes[0]?.sentence).toContain('one distribution');
  });
});
