import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import type { ExtraVolumes } from '../extra-volumes.ts';
import type { Installation } from '../installation.ts';
import { type LearningPods, learningPoolsOf } from '../machine-learning.ts';
import type { Server } from '../server.ts';
import { isShared } from '../volume.ts';

/** Several pods need volumes that several nodes can mount, and never two workers for background jobs. */
export function checkReplicas(
  { server, machineLearning, volumes, externalLibraries }: Installation,
  at: Place,
): void {
  const unshared = (['library', 'generated'] as const).flatMap((name) => {
    const volume = volumes[name];
    return volume === undefined || isShared(volume)
      ? []
      : [`volumes.${name} on every node, but it is ${volume.accessMode}: one node can mount it.`];
  });
  const claims = unsharedClaims(server.volumes).map(
    (name) => `server.volumes.${name} on every node, but its claim is ReadWriteOnce.`,
  );
  const libraries = Object.entries(externalLibraries).flatMap(([name, library]) =>
    library.kind === 'existing' && !library.isShared
      ? [`volumes.externalLibraries.${name} on every node, but its claim is ReadWriteOnce.`]
      : [],
  );
  checkServerReplicas(server, [...unshared, ...claims, ...libraries], at.in('server'));
  const { models } = volumes;
  const unsharedModels =
    models === undefined || isShared(models)
      ? undefined
      : `volumes.models on every node, but it is ${models.accessMode}.`;
  for (const { path, pods } of learningPoolsOf(machineLearning)) {
    checkMachineLearningReplicas(pods, unsharedModels, at.in(...path));
  }
  if (learningPoolsOf(machineLearning).length > 1 && unsharedModels !== undefined) {
    at.in('machineLearning', 'pools').error(
      `Several pools need ${unsharedModels} Use a ReadWriteMany volume, or one pool.`,
    );
  }
}

function unsharedClaims(volumes: ExtraVolumes | undefined): string[] {
  return Object.entries(volumes ?? {}).flatMap(([name, volume]) =>
    volume.kind === 'claim' && !volume.isShared ? [name] : [],
  );
}

/** @param unshared The volumes that one node can mount, each as the middle of the sentence that is told of it. */
export function checkServerReplicas(
  { replicas, microservices }: Pick<Server, 'replicas' | 'microservices'>,
  unshared: readonly string[],
  at: Place,
): void {
  const { separate } = microservices;
  const cause = replicas > 1 ? at.in('replicas') : at.in('microservices', 'separate');
  const written =
    replicas > 1 ? `${quote(String(replicas))} server replicas need` : 'A separate microservices pod needs';
  if (replicas > 1 || separate) {
    for (const volume of unshared) {
      cause.error(`${written} ${volume} Use a ReadWriteMany volume, or one pod.`);
    }
  }
  if (replicas > 1 && !separate) {
    at.in('replicas').error(
      `${quote(String(replicas))} server replicas would each run the microservices worker, and recognise every face twice. Write microservices: { separate: true }, or replicas: 1.`,
    );
  }
}

/** @param unshared The volume of models where one node can mount it, as the middle of the sentence. */
export function checkMachineLearningReplicas(
  { replicas }: Pick<LearningPods, 'replicas'>,
  unshared: string | undefined,
  at: Place,
): void {
  if (replicas > 1 && unshared !== undefined) {
    at.in('replicas').error(
      `${quote(String(replicas))} machine learning replicas need ${unshared} Use a ReadWriteMany volume, or replicas: 1.`,
    );
  }
}
