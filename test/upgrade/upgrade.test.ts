import { plain } from '../../lib/text/style.ts';
import { type Upgrade, upgradeOf } from '../../lib/upgrade/upgrade.ts';
import { isRefused, upgradeText } from '../../lib/upgrade/upgrade-text.ts';
import { home, k3s, tachtit } from '../changes/bases.ts';
import { distOf } from '../changes/judged.ts';
import { type Edit, edited } from '../installation/example.ts';

const file = 'installations/it.yaml';

function upgradeOfTexts(before: string, after: string): Upgrade {
  const upgrade = upgradeOf(file, after, distOf(before));
  if (upgrade.kind === 'none') throw new Error(upgrade.problems.join('\n'));
  return upgrade;
}

/** The way from a file to what it is after some edits. */
function upgrade(text: string, ...edits: readonly Edit[]): Upgrade {
  return upgradeOfTexts(text, edited(text, ...edits));
}

const titles = ({ commits }: Upgrade) => commits.map(({ title }) => title);
const written = ({ commits }: Upgrade) =>
  commits.map(({ keys }) => keys.map(({ path, value }) => `${path.join('.')}: ${value}`));
const image = (from: string, to: string): Edit => [`vectorchord:${from}`, `vectorchord:${to}`];
const version = (from: string, to: string): Edit => [`version: ${from}`, `version: ${to}`];

describe('Immich, PostgreSQL and VectorChord at once', () => {
  const all = upgrade(tachtit, version('v2.5.0', 'v3.3.1'), image('16.9-0.4.3', '18.4-1.1.1'));

  test('become one commit each', () => {
    expect(titles(all)).toEqual([
      'VectorChord 0.4.3 to 1.1.1',
      'PostgreSQL 16.9 to 18.4',
      'Immich v2.5.0 to v3.3.1',
    ]);
    expect(written(all)).toEqual([
      ['database.cnpg.image: ghcr.io/tensorchord/cloudnative-vectorchord:16-1.1.1'],
      [
        'database.cnpg.image: ghcr.io/tensorchord/cloudnative-vectorchord:18.4-1.1.1',
        'database.cnpg.lineage: v1',
      ],
      ['version: v3.3.1'],
    ]);
  });

  test('none of which is refused, though the whole in one commit is', () => {
    expect(isRefused(all)).toBe(false);
    expect(all.commits.map(({ changes }) => changes[0]?.id)).toEqual([
      'tachtit:database.cnpg.image:vectorchord:0.4.3->1.1.1',
      'tachtit:database.cnpg.image:upgrade:16->18.4',
      'tachtit:version:upgrade:v2.5.0->v3.3.1',
    ]);
  });

  test('each with its steps, and with what to wait for', () => {
    const text = upgradeText(all, file, plain);
    expect(text).toContain('from Immich v2.5.0, PostgreSQL 16.9, VectorChord 0.4.3\n');
    const order = [
      '1. VectorChord',
      'A base backup before',
      'The Job immich-vectorchord-1-1-1-',
      'flux --context tachtit-data reconcile kustomization immich-tachtit-database --namespace flux-system --with-source',
      '2. PostgreSQL',
      'A base backup before',
      'Merge when Immich may be away',
      'A base backup after',
      'ANALYZE',
      'update_extensions.sql',
      '3. Immich',
      'Update the apps on all phones to 3.x on the same day',
      'kubectl --context tachtit rollout status deployment/immich-server --namespace immich',
    ];
    const places = order.reduce<number[]>(
      (found, part) => [...found, text.indexOf(part, (found.at(-1) ?? -1) + 1)],
      [],
    );
    expect(places).not.toContain(-1);
  });
});

test('each pool of machine learning has the image of its time', () => {
  const pools = (version: string) =>
    edited(
      home,
      ['longhorn, size: 20Gi }\ndatabase', 'longhorn, size: 20Gi, accessMode: ReadWriteMany }\ndatabase'],
      [
        'host:',
        `machineLearning: { pools: [{ name: gpu, gpu: nvidia, image: "ghcr.io/immich-app/immich-machine-learning:${version}-cuda" }, { name: cpu }] }\nhost:`,
      ],
    );
  const old = edited(pools('v3.3.0'), version('v3.3.1', 'v3.3.0'));
  const upgrade = upgradeOfTexts(old, edited(pools('v3.3.1'), ['  cnpg:\n', '  cnpg:\n    instances: 3\n']));
  expect(titles(upgrade)).toEqual(['Everything else that the file changes', 'Immich v3.3.0 to v3.3.1']);
  expect(written(upgrade)[1]).toEqual([
    'version: v3.3.1',
    'machineLearning.pools.0.image: ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda',
  ]);
  expect(isRefused(upgrade)).toBe(false);
});

test('VectorChord that comes as a volume has a commit of its own', () => {
  const apart = (version: string) =>
    edited(
      home,
      ['host:', 'kubernetes: "1.35"\nhost:'],
      [
        'image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
        `image: ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm\n    vectorchord: { image: "ghcr.io/tensorchord/vchord-scratch:pg18-v${version}" }`,
      ],
    );
  const upgrade = upgradeOfTexts(
    apart('1.1.0'),
    edited(apart('1.1.1'), ['  cnpg:\n', '  cnpg:\n    instances: 3\n']),
  );
  expect(titles(upgrade)).toEqual(['Everything else that the file changes', 'VectorChord 1.1.0 to 1.1.1']);
  expect(written(upgrade)[1]).toContain(
    'database.cnpg.vectorchord.image: ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1',
  );
});

test('Immich goes first where the database it wants does not suit the old one', () => {
  const old = edited(tachtit, version('v2.5.0', 'v2.4.1'));
  const upgrade = upgradeOfTexts(old, edited(tachtit, image('16.9-0.4.3', '16.14-1.1.1')));
  expect(titles(upgrade)).toEqual([
    'Immich v2.4.1 to v2.5.0',
    'PostgreSQL 16.9 to 16.14, VectorChord 0.4.3 to 1.1.1',
  ]);
});

test('no major version of Immich is left out', () => {
  const old = edited(home, version('v3.3.1', 'v2.7.5'));
  const upgrade = upgradeOfTexts(old, edited(old, version('v2.7.5', 'v4.0.0')));
  expect(titles(upgrade)).toEqual([
    expect.stringMatching(/^Immich v2\.7\.5 to v3\.\d+\.\d+$/),
    expect.stringMatching(/^Immich v3\.\d+\.\d+ to v4\.0\.0$/),
  ]);
  expect(isRefused(upgrade)).toBe(false);
});

test('a lineage that the file names is taken, and restoreFrom left out', () => {
  const upgrade = upgradeOfTexts(
    tachtit,
    edited(tachtit, image('16.9-0.4.3', '17.10-0.4.3'), [
      '  cnpg:\n',
      '  cnpg:\n    lineage: second\n    restoreFrom: { lineage: original }\n',
    ]),
  );
  expect(written(upgrade)).toEqual([
    [
      'database.cnpg.image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-0.4.3',
      'database.cnpg.lineage: second',
      'database.cnpg.restoreFrom: undefined',
    ],
  ]);
  expect(isRefused(upgrade)).toBe(false);
  expect(upgradeText(upgrade, file, plain)).toContain('database.cnpg.restoreFrom is taken out');
});

test('a lineage follows on the one that stands', () => {
  const old = edited(home, image('17.10-1.1.1', '16.14-1.1.1'), ['  cnpg:\n', '  cnpg:\n    lineage: v4\n']);
  const upgrade = upgradeOfTexts(old, edited(old, image('16.14-1.1.1', '17.10-1.1.1')));
  expect(written(upgrade)[0]).toContain('database.cnpg.lineage: v5');
});

test('what else the file changes is a commit of its own, before', () => {
  const found = upgrade(home, version('v3.3.1', 'v3.3.2'), [
    'models:  { storageClass: longhorn, size: 20Gi',
    'models:  { storageClass: longhorn, size: 30Gi',
  ]);
  expect(titles(found)).toEqual(['Everything else that the file changes', 'Immich v3.3.1 to v3.3.2']);
  expect(found.commits[0]?.changes.every(({ objects }) => objects[0]?.includes('models'))).toBe(true);
});

test('images that the file names change with the version', () => {
  const digest = (digit: string) => `@sha256:${digit.repeat(64)}`;
  const named = (tag: string, digit: string) =>
    edited(home, version('v3.3.1', tag), [
      'database:\n',
      `server: { image: "ghcr.io/immich-app/immich-server:${tag}${digest(digit)}" }\ndatabase:\n`,
    ]);
  expect(written(upgradeOfTexts(named('v3.2.0', '1'), named('v3.3.1', '2')))).toEqual([
    ['version: v3.3.1', `server.image: ghcr.io/immich-app/immich-server:v3.3.1${digest('2')}`],
  ]);
});

test('a database of others is left to them', () => {
  expect(titles(upgrade(k3s, version('v3.3.1', 'v3.4.0')))).toEqual(['Immich v3.3.1 to v3.4.0']);
});

test.each<[string, string, Edit]>([
  ['an older Immich', home, version('v3.3.1', 'v3.2.0')],
  ['an older PostgreSQL', home, image('17.10-1.1.1', '16.14-1.1.1')],
  ['an older VectorChord', home, image('17.10-1.1.1', '17.10-0.4.3')],
])('%s has no way', (_, text, edit) => {
  const found = upgrade(text, edit);
  expect(isRefused(found)).toBe(true);
  expect(upgradeText(found, file, plain)).toContain('   refused: ');
});

test('a file that says what stands has nothing to do', () => {
  const found = upgrade(home);
  expect(found.commits).toEqual([]);
  expect(upgradeText(found, file, plain)).toBe(
    'home: nothing changes: Immich v3.3.1, PostgreSQL 17.10, VectorChord 1.1.1.\n',
  );
});

test('names the rehearsal where there is a backup, and images change', () => {
  const rehearsal = `rehearse ${file}\n`;
  expect(upgradeText(upgrade(home, version('v3.3.1', 'v3.3.2')), file, plain)).toContain(rehearsal);
  expect(upgradeText(upgrade(k3s, version('v3.3.1', 'v3.3.2')), file, plain)).not.toContain('rehearse');
  const more = upgrade(home, [
    'models:  { storageClass: longhorn, size: 20Gi',
    'models:  { storageClass: longhorn, size: 30Gi',
  ]);
  expect(upgradeText(more, file, plain)).not.toContain('rehearse');
});

test('an installation that is new is not upgraded', () => {
  expect(upgradeOf(file, home, new Map())).toMatchObject({
    problems: ['No dist of home is committed: it is new, and nothing is upgraded.'],
  });
});
