import type { Field } from '../../manifests/field.ts';
import { repositoryOf } from '../../manifests/views/immich.ts';
import { type Comparison, type Draft, isChanged } from '../comparison.ts';
import { isQueue, partOf } from '../immich-parts.ts';
import { drillKey, isOfDrill, isOfFileDrill } from './drills.ts';

/** Other images of what stands beside Immich: Valkey, and what the restore drill runs in. */
export function images({ pairs }: Comparison): Draft[] {
  return pairs.filter(isChanged).flatMap((pair) =>
    pair.differences.flatMap(({ way, before, after }): Draft[] => {
      const name = /\.containers\[([^\]]+)\]\.image$/.exec(way)?.[1];
      if (name === undefined || typeof before !== 'string' || typeof after !== 'string') return [];
      const isValkey = pair.kind !== 'CronJob' && isQueue(after);
      if (partOf(after) !== undefined || !(isValkey || isOfDrill(pair))) return [];
      const ofFiles = isOfDrill(pair) && isOfFileDrill(pair.name);
      // The drill restores in the image of the database, which is told there.
      if (isOfDrill(pair) && !ofFiles && !/flux-cli$/.test(repositoryOf(after))) return [];
      const key = isValkey ? ['valkey', 'image'] : [...drillKey, ...(ofFiles ? ['files'] : []), 'image'];
      return [
        {
          grade: isValkey ? 'restarting' : 'routine',
          topic: 'service',
          what: 'image',
          from: before,
          to: after,
          was: before,
          key,
          sentence: isValkey
            ? `Valkey comes from ${after} instead of ${before}, and restarts: Immich waits for it about a minute${keepsNothing(pair.after) ? ', and jobs that were queued are lost; those of the night come again' : ''}.`
            : `The ${ofFiles ? 'drill of files' : 'restore drill'} runs in ${after} instead of ${before} from its next run on.`,
          pairs: [pair],
          fields: [way],
        },
      ];
    }),
  );
}

function keepsNothing(workload: Field): boolean {
  return !workload
    .at('spec', 'template', 'spec', 'volumes')
    .items.some((volume) => volume.at('persistentVolumeClaim').exists || volume.at('hostPath').exists);
}
