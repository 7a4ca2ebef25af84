import { learningPoolsOf } from '../../installation/machine-learning.ts';
import { microservicesName, serverName, valkeyName } from '../../names.ts';
import { pathText } from '../../text/quoting.ts';
import type { Names } from '../names.ts';
import { bullets, type Section } from '../section.ts';

/** What may have several pods, and what must not. */
export function scalingSection({ installation, file }: Names): Section {
  const { server, machineLearning, database, valkey } = installation;
  return {
    title: 'Scaling',
    blocks: [
      `In \`${file}\`, never with \`kubectl scale\`: Flux takes that back.`,
      bullets(
        `\`${serverName}\`, ${server.replicas} here: \`server.replicas\`, with a library that several nodes can mount and \`server.microservices.separate\`.`,
        ...learningPoolsOf(machineLearning).map(
          ({ name, path, pods }) =>
            `\`${name}\`, ${pods.replicas} here: \`${pathText(path)}.replicas\`, with a shared volume for models. More CPU for one pod helps as much.`,
        ),
        ...(database.kind === 'cnpg'
          ? [
              `\`${database.cnpg.name}\`, ${database.cnpg.instances} here: \`database.cnpg.instances\`. More instances hold out longer; they do not make Immich quicker, which asks the primary alone.`,
            ]
          : []),
        ...(valkey.kind === 'own' ? [`Never more than one: \`${valkeyName}\`, which holds the queue.`] : []),
        `Never more than one: ${server.microservices.separate ? `\`${microservicesName}\`` : 'the worker for background jobs, which is in the server here'}: two would do the same jobs at once.`,
        'To nothing, for a restore or a move: `stopped: true`.',
      ),
    ],
  };
}
