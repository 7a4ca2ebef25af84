import { nameOf } from '../../manifests/name.ts';
import { dumpImportName } from '../../names.ts';
import type { Check } from '../check.ts';
import { judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, liveItems } from '../live.ts';
import { listPath } from '../path.ts';

/** Whether the Job has read the dump that a new database is filled with; Immich waits for it. */
export const dumpImport: Check = {
  id: 'dump-import',
  title: 'Dump that fills the database',
  isOfLife: true,
  look: async ({ plan, manifests, kubectl }, cluster) => {
    const { namespace } = plan.installation;
    const wanted = manifests
      .filter(({ object }) => object.kind === 'Job' && object.metadata?.name?.startsWith(dumpImportName))
      .map(({ object }) => object.metadata?.name);
    if (wanted.length === 0) return [];
    const jobs = await cluster.get(listPath({ apiVersion: 'batch/v1', resource: 'jobs', namespace }));
    return judge(jobs, 'The Job that reads the dump', {
      seen: (value) =>
        liveItems(value)
          .filter((job) => wanted.includes(nameOf(job)))
          .map((job) => {
            const name = nameOf(job);
            const logs = `${kubectl} logs job/${name} --namespace ${namespace}`;
            if (conditionOf(job, 'Complete')?.at('status').text === 'True') {
              return sayWell(`The dump is in the database, says Job ${name}.`);
            }
            return conditionOf(job, 'Failed')?.at('status').text === 'True'
              ? sayError(
                  `Job ${name} has failed: the dump was not read, and the database is as it was before. Immich waits.`,
                  logs,
                  'When that is mended, so that it is made again:',
                  `${kubectl} delete job ${name} --namespace ${namespace}`,
                )
              : sayWarning(`Job ${name} is still reading the dump.`, logs);
          }),
    });
  },
};
