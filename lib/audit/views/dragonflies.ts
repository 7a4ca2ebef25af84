import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { hostOf } from '../../manifests/views/database-host.ts';
import { environment } from '../../manifests/views/environment.ts';
import { immich, repositoryOf } from '../../manifests/views/immich.ts';

/** A Dragonfly that Immich keeps its queue of jobs in. */
export interface DragonflyView {
  /** The words of its command line. */
  readonly words: string;
  /** Whether a flag is given by a variable instead. */
  readonly isSetElsewhere: (flag: string) => boolean;
  /** Where its arguments are written, or belong. */
  readonly args: Field;
  /** Its limit of memory, which need not be there. */
  readonly limit: Field;
}

/** The objects of Dragonfly's operator that a server connects to, and the containers of Dragonfly among its queues. */
export function dragonflies(inventory: Inventory): DragonflyView[] {
  return [
    ...resources(inventory).map((dragonfly) => {
      const args = dragonfly.at('spec', 'args');
      const variables = dragonfly.at('spec', 'env').items.map((one) => one.at('name').text);
      return {
        words: args.texts.join(' '),
        isSetElsewhere: (flag: string) => variables.includes(`DFLY_${flag}`),
        args: args.exists ? args : dragonfly.at('spec'),
        limit: dragonfly.at('spec', 'resources', 'limits', 'memory'),
      };
    }),
    ...immich(inventory)
      .redis.flatMap(({ containers }) => containers)
      .filter(({ image }) => /dragonfly/.test(repositoryOf(image.text ?? '')))
      .map(({ field, image, environment: variables }) => ({
        words: [...field.at('args').texts, ...field.at('command').texts].join(' '),
        isSetElsewhere: (flag: string) => variables.some(({ name }) => name === `DFLY_${flag}`),
        args: field.at('args').exists ? field.at('args') : image,
        limit: field.at('resources', 'limits', 'memory'),
      })),
  ];
}

function resources(inventory: Inventory): Field[] {
  const hosts = immich(inventory).containers.flatMap(({ part, workload, container }) => {
    const hostname = environment(inventory, workload, container).get('REDIS_HOSTNAME')?.value;
    return part === 'server' && hostname !== undefined ? [hostOf(hostname, workload.namespace)] : [];
  });
  return inventory
    .all('dragonflydb.io', 'Dragonfly')
    .filter(
      (one) =>
        one.at('spec').exists &&
        hosts.some(
          ({ name, namespace }) =>
            one.get('metadata', 'name') === name && one.at('metadata', 'namespace').text === namespace,
        ),
    );
}
