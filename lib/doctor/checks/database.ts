import type { Cnpg } from '../../installation/cnpg.ts';
import { nameOf } from '../../manifests/name.ts';
import { vectorIndexesName } from '../../names.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, live, liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';

const apiVersion = 'postgresql.cnpg.io/v1';

/** Whether the database runs with all of its instances, archives, and has its extensions and vector indexes. */
export const database: Check = {
  id: 'database',
  title: 'Database',
  isOfLife: true,
  look: async (subject, cluster) => {
    const { database: described, clusters } = subject.plan.installation;
    if (described.kind !== 'cnpg' || subject.cluster !== clusters.database) return [];
    const looked = [
      lookAtCluster(described.cnpg, subject, cluster),
      lookAtExtensions(described.cnpg, subject, cluster),
      lookAtIndexes(subject, cluster),
    ];
    return (await Promise.all(looked)).flat();
  },
};

async function lookAtCluster(
  { name, instances, backup }: Cnpg,
  { plan, kubectl }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { namespace } = plan.installation;
  const called = `Cluster ${namespace}/${name}`;
  const describe = `${kubectl} describe clusters.postgresql.cnpg.io ${name} --namespace ${namespace}`;
  return judge(await cluster.get(objectPath({ apiVersion, resource: 'clusters', namespace }, name)), called, {
    seen: (value) => {
      const object = live(value);
      const phase = object.at('status', 'phase').text ?? 'The operator has not begun';
      const primary = object.at('status', 'currentPrimary').text;
      const ready = object.at('status', 'readyInstances').number ?? 0;
      const archiving = conditionOf(object, 'ContinuousArchiving');
      const findings: Finding[] = [];
      if (phase.includes('unrecoverable')) {
        findings.push(sayError(`${called}: ${phase}. RUNBOOK.md says how it is restored.`, describe));
      } else if (ready === 0) {
        findings.push(sayError(`${called} has no instance that is ready: ${phase}.`, describe));
      } else if (ready < instances) {
        findings.push(
          sayWarning(`${called} has ${ready} of ${instances} instances ready: ${phase}.`, describe),
        );
      }
      // True says nothing where there is no backup at all.
      if (backup !== 'none' && archiving?.at('status').text === 'False') {
        findings.push(
          sayError(
            `${called} cannot archive its write-ahead log, which fills its volume: ${archiving.at('message').text ?? ''}`,
            `${kubectl} logs ${primary ?? `${name}-1`} --namespace ${namespace} --container ${backup.method === 'plugin' ? 'plugin-barman-cloud' : 'postgres'} --tail=50`,
          ),
        );
      }
      const archives =
        backup === 'none'
          ? ''
          : archiving?.at('status').text === 'True'
            ? ' It archives.'
            : ' It has not archived yet.';
      return findings.length > 0
        ? findings
        : [
            sayWell(
              `${called} runs with ${ready} of ${instances} instances; ${primary} is the primary.${archives}`,
            ),
          ];
    },
    absent: () => [sayError(`${called} is missing.`, `${kubectl} get events --namespace ${namespace}`)],
  });
}

async function lookAtExtensions(
  { name }: Cnpg,
  { plan, kubectl }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { namespace } = plan.installation;
  const called = `Database ${namespace}/${name}`;
  return judge(
    await cluster.get(objectPath({ apiVersion, resource: 'databases', namespace }, name)),
    called,
    {
      seen: (value) => {
        const object = live(value);
        const describe = `${kubectl} describe databases.postgresql.cnpg.io ${name} --namespace ${namespace}`;
        const failed = object.at('status', 'extensions').items.filter((one) => one.get('applied') === false);
        if (failed.length > 0) {
          return failed.map((one) =>
            sayError(
              `The extension ${one.at('name').text}: ${one.at('message').text ?? 'not applied'}`,
              describe,
            ),
          );
        }
        if (object.get('status', 'applied') === false) {
          return [
            sayError(`${called} is not applied: ${object.at('status', 'message').text ?? ''}`, describe),
          ];
        }
        if (object.get('status', 'applied') !== true) {
          return [sayWarning(`${called} is not applied yet.`, describe)];
        }
        const versions = object
          .at('spec', 'extensions')
          .items.map((one) => [one.at('name').text, one.at('version').text].filter((text) => text).join(' '));
        return [sayWell(`The extensions are there: ${versions.join(', ')}.`)];
      },
    },
  );
}

/** The Job that has searched by each vector index; those of earlier images are over. */
async function lookAtIndexes(subject: Subject, cluster: LivingCluster): Promise<readonly Finding[]> {
  const { namespace } = subject.plan.installation;
  const wanted = subject.manifests
    .filter(({ object }) => object.kind === 'Job' && object.metadata?.name?.startsWith(vectorIndexesName))
    .map(({ object }) => object.metadata?.name);
  if (wanted.length === 0) return [];
  const jobs = await cluster.get(listPath({ apiVersion: 'batch/v1', resource: 'jobs', namespace }));
  return judge(jobs, 'The Job that looks at the vector indexes', {
    seen: (value) =>
      liveItems(value)
        .filter((job) => wanted.includes(nameOf(job)))
        .map((job) => {
          const name = nameOf(job);
          const logs = `${subject.kubectl} logs job/${name} --namespace ${namespace}`;
          if (conditionOf(job, 'Complete')?.at('status').text === 'True') {
            return sayWell(`The vector indexes can be read, says Job ${name}.`);
          }
          return conditionOf(job, 'Failed')?.at('status').text === 'True'
            ? sayError(
                `Job ${name} has failed: a vector index cannot be read, or its VectorChord is missing.`,
                logs,
                'When that is mended, so that Flux makes it again:',
                `${subject.kubectl} delete job ${name} --namespace ${namespace}`,
              )
            : sayWarning(`Job ${name} is still looking at the vector indexes.`, logs);
        }),
  });
}
