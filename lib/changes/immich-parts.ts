import type { ContainerView } from '../manifests/views/container.ts';
import { type Part, repositoryOf } from '../manifests/views/immich.ts';

/** Which part of Immich an image is, by its name; undefined for anything else. */
export function partOf(image: string | undefined): Part | undefined {
  const name = repositoryOf(image ?? '').replace(/^.*\//, '');
  if (name === 'immich-server') return 'server';
  return name === 'immich-machine-learning' ? 'machine-learning' : undefined;
}

/** Whether an image is that of a queue of jobs: Valkey, or one of those that stand in its place. */
export function isQueue(image: string): boolean {
  return /(valkey|redis|dragonfly)[^/]*$/.test(repositoryOf(image));
}

/** The containers of Immich's server among some. */
export function serversAmong(containers: readonly ContainerView[]): ContainerView[] {
  return containers.filter(({ image, init }) => !init && partOf(image.text) === 'server');
}
