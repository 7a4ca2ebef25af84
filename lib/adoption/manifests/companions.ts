import type { ContainerView } from '../../manifests/views/container.ts';
import { type ImmichContainerView, repositoryOf } from '../../manifests/views/immich.ts';
import type { Path } from '../../text/path.ts';
import { type Piece, remark } from '../piece.ts';
import { placeOf } from './place.ts';

/** What runs in a pod before and beside Immich's container. A pod of dist has neither, so that each is told. */
export function companionPieces(path: Path, { workload, container }: ImmichContainerView): Piece[] {
  // Where both parts share a pod, the server tells it.
  if (path[0] !== 'server' && workload.containers.some(isServer)) return [];
  return workload.containers
    .filter((one) => one !== container && one.name !== markers && !isImmichs(one))
    .map((one) =>
      remark(
        path,
        one.init
          ? `The init container ${one.name} was not carried over: ${whyNoInit(one)}`
          : `The container ${one.name} beside Immich was not carried over: ${whyNoSidecar(one)}`,
        placeOf(one.field),
      ),
    );
}

/** Our own. */
const markers = 'generated-folders';

function isServer({ image, init }: ContainerView): boolean {
  return !init && /immich-server$/.test(repositoryOf(image.text ?? ''));
}

/** What has sections of its own. */
function isImmichs({ image, init }: ContainerView): boolean {
  const name = repositoryOf(image.text ?? '');
  return !init && /immich-(server|machine-learning)$/.test(name);
}

/** Why dist needs none, or what to do where it may. */
function whyNoInit(container: ContainerView): string {
  const said = saidBy(container);
  if (/postgres-init/.test(said)) {
    return 'it makes the role and the database, which are there.';
  }
  if (/pg_isready|wait[-_ ]?for|\bnc -|until .*(5432|6379)/.test(said)) {
    return 'dist waits for the database by Flux.';
  }
  if (/\.immich\b/.test(said)) {
    return "it makes Immich's markers, without which an empty library is noticed. Once they are there, nothing needs it.";
  }
  if (/\bch(own|mod)\b/.test(said)) {
    return 'it changes the owner of files. Do that once before the switch: docs/moving-in.md has the command.';
  }
  return 'pods of dist have none. Where Immich needs what it does, do that elsewhere, or put it into the Deployment by patches.';
}

function whyNoSidecar(container: ContainerView): string {
  const said = saidBy(container);
  if (/(redis|valkey|dragonfly)/.test(said)) return 'dist makes a Valkey of its own.';
  if (/(postgres|pgvecto|vectorchord)/.test(said)) {
    return 'its database has to run on after the switch, so write a Deployment of its own for it, with the same claim, before the second commit.';
  }
  return 'pods of dist have none. Let it run in a Deployment of its own, or put it into the Deployment of dist by patches.';
}

function saidBy({ image, field }: ContainerView): string {
  const texts = ['command', 'args'].flatMap((key) => field.at(key).texts);
  return [repositoryOf(image.text ?? ''), ...texts].join(' ');
}
