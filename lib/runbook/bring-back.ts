import { supportOf } from '../immich/versions.ts';
import { serverPort } from '../names.ts';
import type { Names } from './names.ts';
import { commands, type Section } from './section.ts';

/** How to let people in again. */
export function bringBack({ app, namespace, server, flux, installation }: Names): Section {
  return {
    title: 'Bring the server back',
    blocks: [
      'Flux scales everything up again by itself. The first start after a restore may rebuild the vector indexes, which takes minutes for a large library.',
      commands(
        flux('app', 'resume', 'app'),
        `${app} rollout status deployment/${server} --namespace ${namespace} --timeout=40m`,
        `${app} logs deployment/${server} --namespace ${namespace} --tail=50`,
        `${app} exec deployment/${server} --namespace ${namespace} -- curl --silent http://localhost:${serverPort.number}${supportOf(installation.version).healthPath}`,
      ),
      `Then open https://${installation.host}, look at the newest photos and at an old one in full size, and search for something: that uses the database, the library, machine learning and the vector index.`,
    ],
  };
}
