import { snapshotClasses } from '../../../lib/doctor/checks/snapshot-classes.ts';
import type { Value } from '../../../lib/manifests/manifest.ts';
import { found, subjectOf } from '../living.ts';
import { others } from '../others.ts';

const classes = '/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses';
const named = others.replace('volsync: {}', 'volsync: { volumeSnapshotClass: longhorn }');

async function said(text: string, ...items: Value[]) {
  const [line] = await found(snapshotClasses, { paths: { [classes]: { items } } }, subjectOf(text));
  return line;
}

test('the class that the file names, or the default one', async () => {
  expect(await said(named, { metadata: { name: 'other' } })).toBe(
    'error: There is no VolumeSnapshotClass longhorn, which ReplicationSource immich-generated asks for.',
  );
  expect(await said(named, { metadata: { name: 'longhorn' } })).toBe(
    'well: The VolumeSnapshotClass longhorn is there, for ReplicationSource immich-generated.',
  );
  expect(await said(others, { metadata: { name: 'longhorn' } })).toBe(
    'error: There is no default VolumeSnapshotClass, which ReplicationSource immich-generated asks for.',
  );
  const annotations = { 'snapshot.storage.kubernetes.io/is-default-class': 'true' };
  expect(await said(others, { metadata: { name: 'longhorn', annotations } })).toMatch(/^well: /);
});

test('without the kind there is no class, and without snapshots none is needed', async () => {
  expect((await found(snapshotClasses, {}, subjectOf(others)))[0]).toMatch(/^error: There is no default/);
  const direct = others.replace('volsync: {}', 'volsync: { copyMethod: Direct }');
  expect(await found(snapshotClasses, {}, subjectOf(direct))).toEqual([]);
});
