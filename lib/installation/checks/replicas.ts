import type { Place } from '../../schema/place.ts';
import type { Installation } from '../installation.ts';
import { isShared } from '../volume.ts';

/** Several pods need volumes that several nodes can mount, and never two workers for background jobs. */
export function checkReplicas({ server, machineLearning, volumes }: Installation, at: Place): void {
  const several = server.replicas > 1 || server.microservices.separate;
  const cause =
    server.replicas > 1 ? at.in('server', 'replicas') : at.in('server', 'microservices', 'separate');
  const written =
    server.replicas > 1 ? `"${server.replicas}" server replicas need` : 'A separate microservices pod needs';
  for (const name of ['library', 'generated'] as const) {
    const volume = volumes[name];
    if (several && volume !== undefined && !isShared(volume)) {
      cause.error(
        `${written} volumes.${name} on every node, but it is ${volume.accessMode}: one node can mount it. Use a ReadWriteMany volume, or one pod.`,
      );
    }
  }
  if (server.replicas > 1 && !server.microservices.separate) {
    at.in('server', 'replicas').error(
      `"${server.replicas}" server replicas would each run the microservices worker, and recognise every face twice. Write microservices: { separate: true }, or replicas: 1.`,
    );
  }
  if (machineLearning.replicas > 1 && !isShared(volumes.models)) {
    at.in('machineLearning', 'replicas').error(
      `"${machineLearning.replicas}" machine learning replicas need volumes.models on every node, but it is ${volumes.models.accessMode}. Use a ReadWriteMany volume, or replicas: 1.`,
    );
  }
}
