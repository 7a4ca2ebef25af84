import { Field } from '../../manifests/field.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWell } from '../finding.ts';
import { live } from '../live.ts';
import { objectPath } from '../path.ts';

/** Whether the storage classes that dist names are there. */
export const storageClasses: Check = {
  id: 'storage-classes',
  title: 'Storage classes',
  isOfLife: false,
  look: async (subject, cluster) => {
    const looked = [...usersOf(subject)].map(([name, users]) => lookAt(name, users, subject, cluster));
    return (await Promise.all(looked)).flat();
  },
};

async function lookAt(
  name: string,
  users: readonly string[],
  { kubectl, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const path = objectPath({ apiVersion: 'storage.k8s.io/v1', resource: 'storageclasses' }, name);
  return judge(await cluster.get(path), `The storage class ${name}`, {
    seen: (value) => [
      sayWell(
        live(value).get('allowVolumeExpansion') === true
          ? `The storage class ${name} is there, for ${enumerate(users)}.`
          : `The storage class ${name} is there, for ${enumerate(users)}. It says nothing of volumes that grow, so that theirs cannot.`,
      ),
    ],
    absent: () => [
      sayError(
        `There is no storage class ${name}, and ${enumerate(users)} would wait for a volume without end.`,
        `${kubectl} get storageclasses`,
        `Write one of those as storageClass into ${file}, or make ${name}.`,
      ),
    ],
  });
}

/** Which objects ask for a volume of which class. */
function usersOf({ manifests, plan, cluster }: Subject): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  const add = (name: string | undefined, user: string) => {
    if (name !== undefined && name !== '') users.set(name, [...(users.get(name) ?? []), user]);
  };
  for (const manifest of manifests) {
    const { kind, metadata } = manifest.object;
    const spec = Field.of(manifest).at('spec');
    const user = `${kind} ${metadata?.name}`;
    if (kind === 'PersistentVolumeClaim') add(spec.at('storageClassName').text, user);
    if (kind === 'Cluster') {
      add(spec.at('storage', 'storageClass').text, user);
      add(spec.at('walStorage', 'storageClass').text, `the write-ahead log of ${user}`);
    }
  }
  if (cluster === plan.installation.clusters.database) {
    add(plan.drill?.drill.storageClass, 'the throw-away database of the drill');
  }
  return users;
}
