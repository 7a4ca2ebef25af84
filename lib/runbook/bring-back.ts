import { supportOf } from '../immich/versions.ts';
import { serverPort } from '../names.ts';
import { byFluxItself, fetchCommit, fetchRevision, fluxCommand, fluxFetch, resume } from './delivery.ts';
import type { Names } from './names.ts';
import { commands, type Section } from './section.ts';
import { wakeUp } from './sleep.ts';

/** How to let people in again. */
export function bringBack(names: Names): Section {
  const { app, namespace, server, installation } = names;
  return {
    title: 'Bring the server back',
    blocks: [
      ...wakeUp(names),
      `See that Flux has fetched what you pushed: with an older commit it would start another version of Immich, which may migrate the database. ${fetchRevision(names)}`,
      commands(...fetchCommit(names, 'app')),
      'Flux then scales everything up again by itself. After a restore, vector indexes may be built anew before or while it starts, which takes minutes for a large library.',
      commands(
        resume(names, 'app', 'app'),
        // Until Flux applies it, the Deployment is missing or has no pods, which counts as rolled out.
        `${app} wait deployment/${server} --namespace ${namespace} --for=create --timeout=40m`,
        `${app} wait deployment/${server} --namespace ${namespace} --for=jsonpath='{.spec.replicas}'=${installation.server.replicas} --timeout=40m`,
        `${app} rollout status deployment/${server} --namespace ${namespace} --timeout=40m`,
        `${app} logs deployment/${server} --namespace ${namespace} --tail=50`,
        `${app} exec deployment/${server} --namespace ${namespace} -- curl --silent http://localhost:${serverPort.number}${supportOf(installation.version).healthPath}`,
      ),
      ...byFluxItself(names, [fluxFetch(names, 'app'), fluxCommand(names, 'app', 'resume', 'app')]),
      `Then open https://${installation.host}, look at the newest photos and at an old one in full size, and search for something: that uses the database, the library, machine learning and the vector index.`,
    ],
  };
}
