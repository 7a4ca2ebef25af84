import { serviceOf } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { makesPods } from '../../manifests/makes-pods.ts';
import { nameOf } from '../../manifests/name.ts';
import { hostOf } from '../../manifests/views/database-host.ts';
import { environment } from '../../manifests/views/environment.ts';
import { appliedBy, nameOfKustomization } from '../../manifests/views/flux.ts';
import { immich } from '../../manifests/views/immich.ts';
import { objectsOfCluster } from '../../manifests/views/objects-of-cluster.ts';
import { databaseName } from '../../names.ts';
import { namesAtStart } from './database-names.ts';
import { isWrittenOut, type Subject } from './subject.ts';

/** Why a Cluster is not Immich's alone, as the end of a sentence; undefined where it is. */
export function whyOthersOwn(subject: Subject, cluster: Field): string | undefined {
  const namespace = cluster.at('metadata', 'namespace').text;
  if (namespace !== subject.namespace) return `it is in the namespace ${namespace ?? 'of others'}`;
  if (!isWrittenOut(cluster.manifest)) return 'a chart makes it';
  const user = userBeside(subject.inventory, cluster);
  if (user !== undefined) return `${user} too`;
  const others = kustomizationOfOthers(subject, cluster);
  return others === undefined
    ? undefined
    : `it is applied by the Kustomization ${others}, with programs of others`;
}

/** Another program that has a role or a database in a Cluster, or connects to it. */
function userBeside(inventory: Inventory, cluster: Field): string | undefined {
  const { database, username } = namesAtStart(cluster);
  const own = new Set([databaseName, database, username, 'postgres', 'app']);
  const role = cluster
    .at('spec', 'managed', 'roles')
    .items.flatMap((one) => one.at('name').text ?? [])
    .find((name) => !own.has(name));
  if (role !== undefined) return `the role ${role} is in it`;
  const place = cluster.at('metadata', 'namespace').text;
  const beside = databasesIn(inventory, cluster)
    .flatMap((one) => one.at('spec', 'name').text ?? [])
    .find((name) => !own.has(name));
  if (beside !== undefined) return `the database ${beside} is in it`;
  const { workloads } = immich(inventory);
  const services = (['rw', 'ro', 'r'] as const).map((role) => serviceOf(nameOf(cluster), role));
  const user = inventory.workloads
    // What runs once, such as a dump, needs no database of its own.
    .filter((one) => !workloads.has(one) && one.kind !== 'Job' && one.kind !== 'CronJob')
    .find((workload) =>
      workload.containers.some((container) =>
        [...environment(inventory, workload, container).values()].some(({ value }) => {
          const host = hostIn(value ?? '', workload.namespace);
          return host !== undefined && host.namespace === place && services.includes(host.name);
        }),
      ),
    );
  return user === undefined ? undefined : `the ${user.kind} ${user.name} connects to it`;
}

/** The Database objects of a Cluster. */
export function databasesIn(inventory: Inventory, cluster: Field): Field[] {
  return objectsOfCluster(inventory, 'Database', cluster);
}

/** The host of a value that is one, or a URL of PostgreSQL. */
function hostIn(value: string, namespace: string | undefined) {
  const [, host] =
    /^(?:(?:jdbc:)?postgres(?:ql)?:\/\/(?:[^@/]*@)?)?([a-z0-9][-a-z0-9.]*)(?=[:/]|$)/.exec(value) ?? [];
  return host === undefined ? undefined : hostOf(host, namespace);
}

/** A Kustomization beside that of Immich which applies a Cluster and what other programs run as. */
function kustomizationOfOthers({ inventory, server }: Subject, cluster: Field): string | undefined {
  const [ours, theirs] = [server.workload.manifest, cluster.manifest].map((one) => appliedBy(inventory, one));
  if (ours === undefined || theirs === undefined || ours.manifest.object === theirs.manifest.object) {
    return undefined;
  }
  const { workloads, databases } = immich(inventory);
  const own = new Set([
    cluster.manifest.object,
    ...[...workloads].map(({ manifest }) => manifest.object),
    ...databases.map(({ manifest }) => manifest.object),
  ]);
  const hasOthers = inventory.fields.some(
    ({ manifest }) =>
      (makesPods(manifest) || manifest.object.kind === 'Cluster') &&
      // What we make for ourselves.
      manifest.object.metadata?.labels?.['app.kubernetes.io/part-of'] !== 'immich' &&
      !own.has(manifest.object) &&
      appliedBy(inventory, manifest)?.manifest.object === theirs.manifest.object,
  );
  return hasOthers ? nameOfKustomization(theirs) : undefined;
}
