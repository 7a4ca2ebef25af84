import { edited, errorsIn, home, k3s, tachtit, warningsIn } from './example.ts';

/** An installation whose database says how it is restored. */
function restored(text: string, ...lines: string[]): string {
  return edited(text, ['  cnpg:\n', `  cnpg:\n${lines.map((line) => `    ${line}\n`).join('')}`]);
}

function recoveryWarnings(text: string): string[] {
  return warningsIn(text).filter((warning) => warning.includes('restoreFrom'));
}

describe('right ways to write it', () => {
  test.each([
    ['a lineage', ['lineage: v1', 'restoreFrom: v0']],
    ['a moment', ['lineage: v1', 'restoreFrom: { lineage: v0, time: "2026-11-20T03:00:00Z" }']],
    ['a snapshot', ['lineage: v1', 'restoreFrom: { lineage: v0, volumeSnapshot: nightly }']],
    [
      'a moment after the snapshot, by its name',
      [
        'lineage: v1',
        'restoreFrom: { lineage: v0, time: "2026-11-21T03:00:01Z", volumeSnapshot: immich-db-20261121030000 }',
      ],
    ],
    [
      'a moment after the snapshot, as it is said',
      [
        'lineage: v1',
        'restoreFrom: { lineage: v0, time: "2026-11-21T04:00:00Z", volumeSnapshot: { storage: nightly, taken: "2026-11-21T03:00:00Z" } }',
      ],
    ],
    ['another database', ['restoreFrom: { database: old-db, lineage: original }']],
    ['back into the original folder, when that is said', ['lineage: original', 'restoreFrom: v0']],
    [
      'both volumes from snapshots',
      [
        'walStorage: { storageClass: longhorn, size: 5Gi }',
        'lineage: v1',
        'restoreFrom: { lineage: v0, volumeSnapshot: { storage: data, walStorage: wal } }',
      ],
    ],
  ])('%s', (_, lines) => {
    expect(errorsIn(restored(home, ...lines))).toEqual([]);
    expect(recoveryWarnings(restored(home, ...lines))).toHaveLength(1);
  });

  test('without restoreFrom there is nothing to say', () => {
    expect(errorsIn(restored(home, 'lineage: v1'))).toEqual([]);
    expect(recoveryWarnings(restored(home, 'lineage: v1'))).toEqual([]);
  });

  test('the folder of a database that never had a lineage can be restored', () => {
    const text = restored(tachtit, 'lineage: v1', 'restoreFrom: original');
    expect(errorsIn(text)).toEqual([]);
    expect(recoveryWarnings(text)[0]).toContain(
      'starts as what the folder "immich-db-tachtit-cnpg-v0" was at the newest moment it holds, and archives to "immich-db-tachtit-cnpg-v0-v1"',
    );
  });

  test('the warning says until when, where from, where to, and when to take it out', () => {
    const text = restored(home, 'lineage: v1', 'restoreFrom: { lineage: v0, time: "2026-11-20T03:00:00Z" }');
    expect(recoveryWarnings(text)[0]).toMatch(
      /^\d+:\d+: warning: database.cnpg.restoreFrom: "v0": whenever the database "immich-db" is created, .*folder "immich-db-v0" was at 2026-11-20T03:00:00Z, .*Remove restoreFrom.*To restore now: .*delete the Cluster "immich-db" on purpose.*never by force.*dist\/home\/RUNBOOK.md/,
    );
  });
});

describe('wrong ways to write it', () => {
  test.each([
    [
      'the same lineage',
      ['lineage: v0', 'restoreFrom: v0'],
      'Write another lineage beside it, such as lineage: v1',
    ],
    [
      'the same folder by another name',
      ['lineage: original', 'restoreFrom: original'],
      'would read the folder "immich-db" and write into it',
    ],
    [
      'the same folder, unsaid',
      ['restoreFrom: original'],
      'would read the folder "immich-db" and write into it',
    ],
    [
      'the same folder by the name of another database',
      ['name: db-v1', 'restoreFrom: { database: db, lineage: v1 }'],
      'would read the folder "db-v1" and write into it',
    ],
    ['no folder of its own', ['restoreFrom: v0'], 'Write lineage: v1 beside restoreFrom'],
    [
      'a time without a zone',
      ['lineage: v1', 'restoreFrom: { lineage: v0, time: "2026-11-20T03:00:00" }'],
      'has no time zone',
    ],
    [
      'a time before the snapshot, by its name',
      [
        'lineage: v1',
        'restoreFrom: { lineage: v0, time: "2026-11-21T02:59:59Z", volumeSnapshot: immich-db-20261121030000 }',
      ],
      '"2026-11-21T02:59:59Z" comes before the volume snapshot "immich-db-20261121030000" was taken',
    ],
    [
      'a time before the snapshot, as it is said',
      [
        'lineage: v1',
        'restoreFrom: { lineage: v0, time: "2026-11-21T03:00:00+01:00", volumeSnapshot: { storage: s, taken: "2026-11-21T03:00:00Z" } }',
      ],
      'cannot be rolled back',
    ],
    [
      'a time with a snapshot of unknown age',
      ['lineage: v1', 'restoreFrom: { lineage: v0, time: "2026-11-21T02:59:59Z", volumeSnapshot: nightly }'],
      '"nightly" does not tell when it was taken',
    ],
    [
      'another store',
      ['lineage: v1', 'restoreFrom: { lineage: v0, s3: { bucket: elsewhere, credentials: other } }'],
      'a restore reads from the store of database.cnpg.backup',
    ],
    ['no lineage', ['lineage: v1', 'restoreFrom: { time: "2026-11-21T02:59:59Z" }'], '"lineage" is missing'],
    ['a typo', ['lineage: v1', 'restoreFrom: { linage: v0 }'], 'Did you mean "lineage"?'],
    [
      'a snapshot too few',
      [
        'walStorage: { storageClass: longhorn, size: 5Gi }',
        'lineage: v1',
        'restoreFrom: { lineage: v0, volumeSnapshot: s }',
      ],
      'the write-ahead log has a volume of its own',
    ],
    [
      'a snapshot too many',
      ['lineage: v1', 'restoreFrom: { lineage: v0, volumeSnapshot: { storage: s, walStorage: w } }'],
      '"w" has no volume to become',
    ],
  ])('%s', (_, lines, message) => {
    expect(errorsIn(restored(home, ...lines)).join('\n')).toContain(message);
  });

  test('no backup to restore from', () => {
    const text = edited(restored(home, 'lineage: v1', 'restoreFrom: v0'), [
      '    backup:\n      s3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }\n',
      '    backup: none\n    reason: an experiment\n',
    ]);
    expect(errorsIn(text)).toEqual([expect.stringContaining('There is no backup to restore from')]);
  });

  test('a database that somebody else runs', () => {
    const text = edited(k3s, ['    database: immich\n', '    database: immich\n    restoreFrom: v0\n']);
    expect(errorsIn(text)).toEqual([
      expect.stringContaining('An external database is restored by whoever runs it.'),
    ]);
  });
});
