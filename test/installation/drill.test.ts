import { checkNeighbours } from '../../lib/installation/neighbours.ts';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { edited, errorsIn, home, k3s, tachtit, warningsIn } from './example.ts';

/** home with more lines below its backup. */
function backed(...lines: string[]): string {
  return edited(home, ['    backup:\n', `    backup:\n${lines.map((line) => `      ${line}\n`).join('')}`]);
}

function drillOf(text: string) {
  const { installation } = parseInstallation('x.yaml', text);
  return installation && planOf(installation).drill;
}

test('a drill is on by default for a database of our own', () => {
  expect(drillOf(home)).toMatchObject({ namespace: 'immich-drill', method: 'plugin', folder: 'immich-db' });
  expect(drillOf(tachtit)).toMatchObject({
    method: 'barmanObjectStore',
    folder: 'immich-db-tachtit-cnpg-v0',
  });
  expect(drillOf(home)?.drill.schedule.text).toBe('30 4 * * 0');
});

test('a database of somebody else has none', () => {
  expect(drillOf(k3s)).toBeUndefined();
});

test.each([
  ['daily', '30 4 * * *'],
  ['weekly', '30 4 * * 0'],
  ['monthly', '30 4 1 * *'],
  ['"0 5 * * 6"', '0 5 * * 6'],
])('drill.schedule %s', (written, cron) => {
  expect(drillOf(backed(`drill: { schedule: ${written} }`))?.drill.schedule.text).toBe(cron);
});

describe('none', () => {
  test('is a warning without a reason', () => {
    expect(drillOf(backed('drill: none'))).toBeUndefined();
    expect(warningsIn(backed('drill: none')).join()).toContain(
      'nobody knows whether these backups can be restored',
    );
  });

  test('is silent with one', () => {
    const text = backed('drill: none', 'reason: restored by hand every month');
    expect(errorsIn(text)).toEqual([]);
    expect(warningsIn(text).join()).not.toContain('drill');
  });

  test('a reason without it is an error', () => {
    expect(errorsIn(backed('reason: because'))).toEqual([
      expect.stringContaining('"reason" says why there is no drill, but there is one'),
    ]);
  });
});

test.each([
  ['schedule: "0 0 5 * * 0"', 'drill.schedule'],
  ['deadline: 10s', 'is not a time from 20m to 48h'],
  ['deadline: 5m', 'is not a time from 20m to 48h'],
  ['deadline: 100h', 'is not a time from 20m to 48h'],
  ['fewerRows: 120', 'drill.fewerRows'],
  ['newest: 3', 'drill.newest'],
  ['namespace: immich', `"immich" is used by others`],
  ['namespace: kube-system', `"kube-system" is used by others`],
  ['shedule: weekly', 'Did you mean "schedule"?'],
])('drill: { %s } is an error', (written, message) => {
  expect(errorsIn(backed(`drill: { ${written} }`)).join('\n')).toContain(message);
});

describe('credentials of its own', () => {
  test('by the name of their Secret', () => {
    expect(drillOf(backed('drill: { credentials: read-only }'))?.store.credentials).toEqual({
      kind: 'keys',
      accessKeyId: { secret: 'read-only', key: 'ACCESS_KEY_ID' },
      secretAccessKey: { secret: 'read-only', key: 'ACCESS_SECRET_KEY' },
    });
  });

  test('a SAS token where the backup has a connection string, which could delete', () => {
    expect(drillOf(tachtit)?.store.credentials).toEqual({
      kind: 'sasToken',
      storageAccount: { secret: 'immich-backup-read', key: 'AZURE_STORAGE_ACCOUNT' },
      sasToken: { secret: 'immich-backup-read', key: 'AZURE_STORAGE_SAS_TOKEN' },
    });
  });

  test('a connection string with a SAS token, where that is said', () => {
    const text = edited(tachtit, [
      '      method: barmanObjectStore\n',
      '      method: barmanObjectStore\n      drill: { credentials: { secret: ro, connectionString: string } }\n',
    ]);
    expect(drillOf(text)?.store.credentials).toEqual({
      kind: 'connectionString',
      connectionString: { secret: 'ro', key: 'string' },
    });
  });
});

test('two drills cannot share a namespace of one cluster', () => {
  const other = edited(
    home,
    ['photos.example.com', 'cabin.example.com'],
    ['name: home', 'name: other\nnamespace: other\nclusters: { app: home }'],
    [
      '      s3: { bucket: immich-backups,',
      '      drill: { namespace: immich-drill }\n      s3: { bucket: others,',
    ],
  );
  const problems = checkNeighbours([
    parseInstallation('one.yaml', home),
    parseInstallation('two.yaml', other),
  ]);
  expect(problems.map(({ key }) => key)).toEqual(['database.cnpg.backup.drill.namespace']);
  const apart = edited(other, ['namespace: immich-drill', 'namespace: other-drill']);
  expect(
    checkNeighbours([parseInstallation('one.yaml', home), parseInstallation('two.yaml', apart)]),
  ).toEqual([]);
});
