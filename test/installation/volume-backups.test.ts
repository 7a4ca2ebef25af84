import { parse } from 'yaml';
import { undecided } from '../../lib/installation/volume-backup.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import {
  edited,
  errorsIn,
  home,
  homeWithoutBackup,
  k3s,
  tachtit,
  warningsIn,
} from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';

/** home, whose library has more keys. */
function withLibrary(keys: string): string {
  return edited(home, [homeWithoutBackup, keys]);
}

function built(text: string) {
  const { files, clusters } = synthesize(new Map([['installations/x.yaml', text]]));
  const objects = [...(files ?? [])]
    .filter(([file]) => file.endsWith('.yaml'))
    .map(([file, written]) => ({ file, object: parse(written) }));
  const find = (part: string) => objects.find(({ file }) => file.includes(part))?.object;
  return { find, plan: clusters[0]?.plan };
}

describe('a library', () => {
  test('of which nobody has decided how it is backed up is a warning that names the risk', () => {
    const text = withLibrary(`backup: none, reason: ${undecided}`);
    expect(errorsIn(text)).toEqual([]);
    expect(warningsIn(text).join('\n')).toContain('volumes.library: The library has no backup');
  });

  test.each([
    'backup: { volsync: {} }',
    'backup: { longhorn: {} }',
    'backup: { volsync: {} }, populate: { volsync: {} }',
    'backup: { volsync: { copyMethod: Clone } }, populate: { volsync: { restoreAsOf: "2026-11-20T03:00:00Z" } }',
    'backup: { longhorn: {} }, populate: { dataSourceRef: { kind: PersistentVolumeClaim, name: old } }',
    'backup: none, reason: ZFS replicates it',
  ])('with { %s } is silent', (keys) => {
    expect(errorsIn(withLibrary(keys))).toEqual([]);
    expect(warningsIn(withLibrary(keys)).join('\n')).not.toContain('volumes.library');
  });

  test.each([
    ['', '"backup" is missing'],
    ['backup: none', '"none" needs a reason beside it'],
    ['backup: { volsync: {} }, reason: because', '"reason" says why there is no backup'],
    ['backup: { volsync: {}, longhorn: {} }', 'exclude each other'],
    ['backup: { volsync: { schedule: "0 4 * * SUN" } }', 'has names in it, which VolSync does not read'],
    ['backup: { volsync: { schedule: "0 0 4 * * *" } }', 'has six fields'],
    [
      `claim: ${'a'.repeat(57)}, backup: { volsync: {} }`,
      'has 57 characters, and names that its backup makes',
    ],
    ['backup: { velero: {} }', 'One of volsync, longhorn is missing'],
    [
      'backup: { longhorn: {} }, populate: { volsync: {} }',
      '"volsync" reads the restic repository of the volume\'s backup, and there is none by VolSync',
    ],
    [
      'backup: { volsync: {} }, populate: { volsync: { restoreAsOf: yesterday } }',
      '"yesterday" is not a moment',
    ],
    [
      'backup: { volsync: {} }, populate: { dataSourceRef: { kind: VolumeSnapshot, name: a } }',
      'Write { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a }.',
    ],
    [
      'backup: { volsync: {} }, populate: { dataSourceRef: { kind: snapshot, name: a } }',
      '"snapshot" is no kind of object',
    ],
  ])('with { %s } is an error', (keys, message) => {
    expect(errorsIn(withLibrary(keys)).join('\n')).toContain(message);
  });

  test('on NFS has neither snapshots nor Longhorn', () => {
    const withNfs = (keys: string) =>
      edited(tachtit, [
        'library }, size: 500Gi, backup: none, reason: whoever runs the NAS backs it up }',
        `library }, size: 500Gi, ${keys} }`,
      ]);
    expect(errorsIn(withNfs('backup: { volsync: {} }'))).toEqual([]);
    expect(errorsIn(withNfs('backup: { volsync: { copyMethod: Snapshot } }')).join()).toContain(
      'Write Direct',
    );
    expect(errorsIn(withNfs('backup: { longhorn: {} }')).join()).toContain(
      'Write { volsync: {} } for this one',
    );
  });
});

describe('order', () => {
  test.each(['0 3 * * *', '15 3 * * *', '40 2 * * *'])('%s meets the base backup', (schedule) => {
    const text = withLibrary(`backup: { volsync: { schedule: "${schedule}" } }`);
    expect(warningsIn(text).join('\n')).toContain(`"${schedule}" backs up the library during`);
  });

  test.each(['0 4 * * *', '30 3 * * *', '0 2 * * *'])('%s does not', (schedule) => {
    const text = withLibrary(`backup: { volsync: { schedule: "${schedule}" } }`);
    expect(warningsIn(text).join('\n')).not.toContain('backs the library up while');
  });

  test('the default comes an hour after the base backup', () => {
    const text = edited(withLibrary('backup: { volsync: {} }'), [
      '    backup:\n',
      '    backup:\n      schedule: "0 20 23 * * *"\n',
    ]);
    expect(built(text).find('replicationsource.').spec.trigger.schedule).toBe('20 0 * * *');
  });
});

describe('VolSync', () => {
  const { find, plan } = built(withLibrary('backup: { volsync: {} }'));
  const source = find('home/backup/replicationsource.immich-library.yaml');

  test('backs up the claim as its owner, in pods that Pod Security lets in', () => {
    expect(validateStrictly(source)).toEqual([]);
    expect(source.spec).toMatchObject({
      sourcePVC: 'immich-library',
      trigger: { schedule: '0 4 * * *' },
      restic: {
        repository: 'immich-library-restic',
        copyMethod: 'Snapshot',
        cacheStorageClassName: 'longhorn',
        moverSecurityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 },
      },
    });
  });

  test('its pods may reach the store and DNS, and nobody may reach them', () => {
    const { spec } = find('namespace/networkpolicy.immich-library-backup.yaml');
    expect(spec.podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'immich-library-backup' });
    expect(source.spec.restic.moverPodLabels).toMatchObject(spec.podSelector.matchLabels);
    expect(spec.ingress).toBeUndefined();
    expect(
      spec.egress.flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port)),
    ).toEqual([443, 8443, 53, 53]);
  });

  test('its Secret is asked for, with the keys of its store', () => {
    expect(plan?.secrets).toContainEqual(
      expect.objectContaining({
        name: 'immich-library-restic',
        namespace: 'immich',
        keys: ['RESTIC_REPOSITORY', 'RESTIC_PASSWORD', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
      }),
    );
  });

  test('is a layer of its own, since its kinds may not be there', () => {
    expect(find('flux/kustomization.immich-home-backup.yaml').spec).toMatchObject({
      path: './dist/home/home/backup',
      wait: false,
      dependsOn: [{ name: 'immich-home-storage' }],
    });
  });
});

test('Longhorn backs up claims that carry the label of the job', () => {
  const { find } = built(withLibrary('backup: { longhorn: { schedule: "0 5 * * *", retain: 7 } }'));
  const job = find('snapshots/recurringjob.');
  expect(job.spec).toMatchObject({ task: 'backup', cron: '0 5 * * *', retain: 7 });
  expect(find('persistentvolumeclaim.immich-library.').metadata.labels).toMatchObject({
    'recurring-job.longhorn.io/source': 'enabled',
    [`recurring-job.longhorn.io/${job.metadata.name}`]: 'enabled',
  });
});

test('snapshots and backups of one claim are two jobs', () => {
  const text = edited(k3s, [
    '    backup: none\n    reason: nothing copies it yet, and the snapshots below only undo a mistake\n',
    '    backup: { longhorn: {} }\n',
  ]);
  const { files } = synthesize(new Map([['installations/k3s.yaml', text]]));
  expect([...(files ?? new Map()).keys()].filter((file) => file.includes('recurringjob.'))).toHaveLength(2);
});

describe('populate', () => {
  const { find } = built(
    withLibrary(
      'backup: { volsync: { volumeSnapshotClass: fast } }, populate: { volsync: { restoreAsOf: "2026-11-20T03:00:00Z" } }',
    ),
  );
  const claim = find('home/storage/persistentvolumeclaim.immich-library.yaml');
  const destination = find('home/backup/replicationdestination.immich-library-populate.yaml');

  test('has the claim wait for a restore by VolSync, which is as large and belongs to the same user', () => {
    expect(claim.spec.dataSourceRef).toEqual({
      apiGroup: 'volsync.backube',
      kind: destination.kind,
      name: destination.metadata.name,
    });
    expect(destination.metadata.namespace).toBe(claim.metadata.namespace);
    expect(validateStrictly(destination)).toEqual([]);
    expect(destination.spec.restic).toMatchObject({
      repository: 'immich-library-restic',
      copyMethod: 'Snapshot',
      volumeSnapshotClassName: 'fast',
      restoreAsOf: '2026-11-20T03:00:00Z',
      capacity: claim.spec.resources.requests.storage,
      accessModes: claim.spec.accessModes,
      storageClassName: claim.spec.storageClassName,
      moverSecurityContext: { runAsUser: 1000, fsGroup: 1000 },
    });
  });

  test('restores in pods that the network policy lets out', () => {
    const { spec } = find('namespace/networkpolicy.immich-library-backup.yaml');
    expect(destination.spec.restic.moverPodLabels).toMatchObject(spec.podSelector.matchLabels);
  });

  test('names what somebody else makes as it is written', () => {
    const written = 'populate: { dataSourceRef: { kind: PersistentVolumeClaim, name: old } }';
    const { find } = built(withLibrary(`backup: { volsync: {} }, ${written}`));
    expect(find('persistentvolumeclaim.immich-library.yaml').spec.dataSourceRef).toEqual({
      kind: 'PersistentVolumeClaim',
      name: 'old',
    });
    expect(find('replicationdestination.')).toBeUndefined();
  });

  test('is not there where nobody asked for it', () => {
    const { find } = built(withLibrary('backup: { volsync: {} }'));
    expect(find('persistentvolumeclaim.immich-library.yaml').spec.dataSourceRef).toBeUndefined();
    expect(find('replicationdestination.')).toBeUndefined();
  });

  test('is doubted where the class makes no snapshots', () => {
    const text = withLibrary('backup: { volsync: { copyMethod: Direct } }, populate: { volsync: {} }');
    expect(warningsIn(text).join('\n')).toContain('copyMethod: Direct says that "longhorn" makes none');
  });
});
