import { Field } from '../manifests/field.ts';
import { nameOf } from '../manifests/name.ts';
import { includes } from '../manifests/selector.ts';
import { archivers, storeOf } from '../manifests/views/archive.ts';
import { entrances } from '../manifests/views/entrances.ts';
import { databaseOf, immich } from '../manifests/views/immich.ts';
import { objectsOfCluster } from '../manifests/views/objects-of-cluster.ts';
import type { WorkloadView } from '../manifests/views/workload.ts';
import { databaseName } from '../names.ts';
import { applicationOf } from './manifests/argocd.ts';
import { claimOf, volumeOf } from './manifests/claims.ts';
import { databasesIn } from './manifests/cluster-owner.ts';
import { doorsOf } from './manifests/doors.ts';
import { isWrittenOut, type Subject } from './manifests/subject.ts';
import { libraryClaimsOf } from './manifests/volumes.ts';

/** What is applied of one Immich today, object by object. */
export interface Today {
  /** What holds data: claims, the volumes that they are bound to, the database, and the namespace. */
  readonly holders: readonly Field[];
  /** Everything else that makes this Immich run. */
  readonly others: readonly Field[];
  /** The pods of Immich that must not run beside those of dist. */
  readonly workloads: readonly WorkloadView[];
  /** The claims that the server writes to: the photos, and what belongs to them. */
  readonly written: readonly string[];
  /** Whether Argo CD applies it, which reads annotations of its own. */
  readonly isByArgoCD: boolean;
  /** The databases that the server asks, those of others among them. */
  readonly databases: readonly Field[];
}

/**
 * The objects of one Immich. What fills Secrets is not among them: dist only names Secrets, so that it has to stay.
 *
 * @param isShared Whether others live in its namespace too. Where nobody does, all that is in it is Immich's.
 * @param carried The database that dist carries on.
 */
export function todayOf(subject: Subject, isShared: boolean, carried: Field | undefined): Today {
  const { inventory, namespace, server, microservices, machineLearning } = subject;
  const own = [server, microservices, machineLearning].flatMap((found) => found?.workload ?? []);
  const redis = immich(inventory).redis.filter((one) => one.namespace === namespace);
  const workloads = [...new Set([...own, ...redis])];
  const claims = workloads
    .flatMap(({ volumes }) => volumes.flatMap(({ claim }) => claim?.text ?? []))
    .flatMap((name) => claimOf(inventory, namespace, name) ?? []);
  const connected = databaseOf(inventory, server);
  // What others have in namespaces of theirs is not touched.
  const databases = distinct([
    ...connected.filter((one) => one.at('metadata', 'namespace').text === namespace),
    ...(carried === undefined ? [] : [carried]),
  ]);
  const ownsNamespace = namespace !== undefined && !isShared;
  const holders = [
    ...claims,
    ...claims.flatMap((claim) => volumeOf(inventory, claim) ?? []),
    ...databases,
    ...(!ownsNamespace ? [] : inventory.all('', 'Namespace').filter((one) => nameOf(one) === namespace)),
  ];
  const around = inventory.fields.filter(
    (one) =>
      one.at('metadata', 'namespace').text === namespace &&
      !notApplied.test(one.manifest.object.apiVersion) &&
      !leftAlone.has(one.manifest.object.kind) &&
      (ownsNamespace || isOf(one, workloads, databases)),
  );
  // Ways in that dist does not have stay, where they are files of their own.
  const left = doorsOf(subject)
    .left.map(({ route }) => route)
    .filter((one) => isWrittenOut(one.manifest));
  const doors = entrances(inventory).map(({ route }) => route);
  const others = [
    ...workloads.map(({ field }) => field),
    ...doors.filter((one) => one.at('metadata', 'namespace').text === namespace),
    ...(carried === undefined ? [] : beside(subject, carried)),
    // Of two objects for one database CloudNativePG obeys the first alone.
    ...connected
      .flatMap((one) => databasesIn(inventory, one))
      .filter((one) => one.get('spec', 'name') === databaseName),
    ...around,
  ];
  return {
    written: [...new Set(libraryClaimsOf(subject))],
    databases: connected,
    isByArgoCD: applicationOf(subject) !== undefined,
    holders: distinct(holders),
    others: distinct(others).filter((one) => !isAmong(holders, one) && !isAmong(left, one)),
    workloads,
  };
}

/** What Flux and kustomize read, and what makes Secrets. */
const notApplied =
  /^(kustomize\.config\.k8s\.io|kustomize\.toolkit\.fluxcd\.io|helm\.toolkit\.fluxcd\.io|source\.toolkit\.fluxcd\.io|external-secrets\.io|bitnami\.com|onepassword\.com|secrets\.infisical\.com|secrets\.hashicorp\.com|generators\.external-secrets\.io)\//;

const leftAlone = new Set(['Secret', 'Namespace']);

/** Whether an object is there for some pods: a Service, a policy, a budget, a monitor, or what they mount. */
function isOf(object: Field, workloads: readonly WorkloadView[], databases: readonly Field[]): boolean {
  const spec = object.at('spec');
  const selector = [
    spec.at('selector', 'matchLabels'),
    spec.at('podSelector', 'matchLabels'),
    spec.at('selector'),
  ]
    .map((field) => field.labels)
    .find((labels) => Object.keys(labels).length > 0);
  const { kind } = object.manifest.object;
  if (['ConfigMap', 'ServiceAccount'].includes(kind)) {
    return workloads.some(
      ({ volumes, serviceAccount }) =>
        (kind === 'ServiceAccount' && serviceAccount?.text === nameOf(object)) ||
        (kind === 'ConfigMap' &&
          volumes.some(({ field }) => field.at('configMap', 'name').text === nameOf(object))),
    );
  }
  if (databases.some((one) => spec.at('cluster', 'name').text === nameOf(one))) return true;
  return selector !== undefined && workloads.some(({ labels }) => includes(labels, selector));
}

/** What belongs to a database: its store and its schedules. */
function beside({ inventory }: Subject, database: Field): Field[] {
  const namespace = database.at('metadata', 'namespace').text;
  const stores = archivers(database).map((plugin) => storeOf(plugin).text ?? '');
  return [
    ...stores.flatMap((name) => {
      const manifest = inventory.find('barmancloud.cnpg.io', 'ObjectStore', namespace, name)?.manifest;
      return manifest === undefined ? [] : [Field.of(manifest)];
    }),
    ...objectsOfCluster(inventory, 'ScheduledBackup', database),
  ];
}

function distinct(fields: readonly Field[]): Field[] {
  return [...new Map(fields.map((field) => [field.manifest.object, field])).values()];
}

function isAmong(fields: readonly Field[], one: Field): boolean {
  return fields.some(({ manifest }) => manifest.object === one.manifest.object);
}
