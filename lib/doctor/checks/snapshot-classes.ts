import { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWell } from '../finding.ts';
import { liveItems } from '../live.ts';
import { listPath } from '../path.ts';

/** Whether there is a class for the snapshots that VolSync backs up from. */
export const snapshotClasses: Check = {
  id: 'snapshot-classes',
  title: 'Classes of snapshots',
  isOfLife: false,
  look: async (subject, cluster) => {
    const wanted = new Map<string, string[]>();
    for (const manifest of subject.manifests) {
      const { kind, metadata } = manifest.object;
      const restic = Field.of(manifest).at('spec', 'restic');
      if (!kind.startsWith('Replication') || restic.at('copyMethod').text !== 'Snapshot') continue;
      const name = restic.at('volumeSnapshotClassName').text ?? '';
      wanted.set(name, [...(wanted.get(name) ?? []), `${kind} ${metadata?.name}`]);
    }
    const looked = [...wanted].map(([name, users]) => lookFor(name, users.join(' and '), subject, cluster));
    return (await Promise.all(looked)).flat();
  },
};

const annotation = 'snapshot.storage.kubernetes.io/is-default-class';

/** An empty name is that of the cluster's default. */
async function lookFor(
  name: string,
  users: string,
  { kubectl, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const path = listPath({ apiVersion: 'snapshot.storage.k8s.io/v1', resource: 'volumesnapshotclasses' });
  const called = name === '' ? 'default VolumeSnapshotClass' : `VolumeSnapshotClass ${name}`;
  const mend = [
    `${kubectl} get volumesnapshotclasses.snapshot.storage.k8s.io`,
    `Write one of those as volsync: { volumeSnapshotClass: ... } into ${file}, or copyMethod: Direct where the storage makes no snapshots.`,
  ];
  const missing = sayError(`There is no ${called}, which ${users} asks for.`, ...mend);
  return judge(await cluster.get(path), `The ${called}`, {
    seen: (value) => {
      const found = liveItems(value).some((one) =>
        name === '' ? one.at('metadata', 'annotations').labels[annotation] === 'true' : nameOf(one) === name,
      );
      return [found ? sayWell(`The ${called} is there, for ${users}.`) : missing];
    },
    absent: () => [missing],
  });
}
