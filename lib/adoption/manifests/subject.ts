import { isDerived } from '../../manifests/derived.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { environment, type VariableView } from '../../manifests/views/environment.ts';
import { type ImmichContainerView, immich } from '../../manifests/views/immich.ts';
import { runsWorker } from '../../manifests/views/immich-workers.ts';
import { folderOf } from '../../manifests/views/layer.ts';

/** The one Immich that is adopted, in the manifests around it. */
export interface Subject {
  readonly inventory: Inventory;
  /** The server that answers requests. */
  readonly server: ImmichContainerView;
  /** What it is told by environment variables. */
  readonly variables: ReadonlyMap<string, VariableView>;
  /** A worker for background jobs that runs apart from it. */
  readonly microservices: ImmichContainerView | undefined;
  readonly machineLearning: ImmichContainerView | undefined;
  /** Undefined where no manifest says it. */
  readonly namespace: string | undefined;
}

/** Every Immich of an inventory, by the servers that answer requests, in the order of their files. */
export function subjectsIn(inventory: Inventory): Subject[] {
  const { containers } = immich(inventory);
  const servers = containers.filter(
    (one) => runsWorker(inventory, one, 'api') !== false && one.part === 'server',
  );
  const seen = new Set<string>();
  return servers
    .filter(({ workload }) => workload.kind !== 'Job' && workload.kind !== 'CronJob')
    .filter((server) => {
      const identity = identityOf(server);
      return !seen.has(identity) && seen.add(identity);
    })
    .map((server) => {
      const beside = containers.filter((one) => one !== server && isBeside(server, one, servers));
      return {
        inventory,
        server,
        variables: environment(inventory, server.workload, server.container),
        microservices: beside.find(
          (one) => one.part === 'server' && runsWorker(inventory, one, 'api') === false,
        ),
        machineLearning: beside.find(({ part }) => part === 'machine-learning'),
        namespace: server.workload.namespace,
      };
    });
}

/** What one says of a subject to tell it from others: `media/immich-server in apps/immich/deployment.yaml`. */
export function subjectName({ server: { workload }, namespace }: Subject): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${workload.name} in ${workload.manifest.file}`;
}

function identityOf({ workload }: ImmichContainerView): string {
  return [workload.namespace, workload.name, folderOf(workload.manifest.file)].join('\n');
}

/** Whether a container belongs to this server, and to no other one in the same namespace that stands nearer. */
function isBeside(
  server: ImmichContainerView,
  one: ImmichContainerView,
  servers: readonly ImmichContainerView[],
): boolean {
  if (one.workload.namespace !== server.workload.namespace) return false;
  const rivals = servers.filter(({ workload }) => workload.namespace === server.workload.namespace);
  const nearness = (other: ImmichContainerView) =>
    sharedSteps(other.workload.manifest.file, one.workload.manifest.file);
  return rivals.every((rival) => nearness(rival) <= nearness(server));
}

/** How many folders two paths have in common from the top; all of one file. */
function sharedSteps(one: string, other: string): number {
  const [steps, others] = [one.split('/'), other.split('/')];
  const different = steps.findIndex((step, index) => step !== others[index]);
  return different < 0 ? steps.length : different;
}

/** Whether an object is written as it is in a file, rather than made by a chart. */
export function isWrittenOut(manifest: ImmichContainerView['workload']['manifest']): boolean {
  return !isDerived(manifest) || manifest.subject === manifest.object;
}
