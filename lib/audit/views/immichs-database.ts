import { secretOf } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { nameOf } from '../../manifests/name.ts';
import { databaseHosts } from '../../manifests/views/database-host.ts';
import { environment } from '../../manifests/views/environment.ts';
import { appliedBy } from '../../manifests/views/flux.ts';
import { databaseOf, type ImmichContainerView, immich } from '../../manifests/views/immich.ts';
import { objectsOfCluster } from '../../manifests/views/objects-of-cluster.ts';
import type { Severity } from '../finding.ts';
import type { Problem } from '../rule.ts';

/**
 * How sure it is that a CloudNativePG cluster is Immich's: `certain` where a server names its host or the secret that
 * is made for it, `likely` where names, extensions or the place speak for it.
 */
export type Certainty = 'certain' | 'likely';

/** A CloudNativePG cluster that Immich uses. */
export interface DatabaseLinkView {
  readonly cluster: Field;
  readonly certainty: Certainty;
  /** What speaks for it, as the end of a sentence. */
  readonly because: string;
  /** The servers that may use it. */
  readonly servers: readonly ImmichContainerView[];
}

/** The clusters that are Immich's, the certain ones first. Where everything is known, every cluster is. */
export function databaseLinks(inventory: Inventory): readonly DatabaseLinkView[] {
  const known = links.get(inventory);
  if (known !== undefined) return known;
  const found = findLinks(inventory);
  links.set(inventory, found);
  return found;
}

/** The clusters that a server in these manifests uses, surely or likely; not those that are only called like Immich. */
export function usedDatabases(inventory: Inventory): readonly DatabaseLinkView[] {
  return databaseLinks(inventory).filter(({ servers }) => servers.length > 0);
}

/** Whether a CloudNativePG cluster is Immich's, surely or likely. */
export function isImmichsDatabase(inventory: Inventory, cluster: Field): boolean {
  return databaseLinks(inventory).some((link) => link.cluster === cluster);
}

/** A problem of a database as grave as it is sure that Immich uses it: an error only where that is certain. */
export function asSureAs(
  { certainty, because }: DatabaseLinkView,
  severity: Severity,
  problem: Problem,
): Problem {
  const own = problem.severity ?? severity;
  return certainty === 'certain'
    ? problem
    : {
        ...problem,
        message: `${problem.message} (That Immich uses this database is likely: ${because}.)`,
        severity: own === 'error' ? 'warning' : own,
      };
}

/** The Flux Kustomizations that apply Immich, or a database of it. */
export function immichsKustomizations(inventory: Inventory): ReadonlySet<Field['manifest']> {
  const manifests = [
    ...[...immich(inventory).workloads].map(({ manifest }) => manifest),
    ...databaseLinks(inventory).map(({ cluster }) => cluster.manifest),
  ];
  return new Set(manifests.flatMap((manifest) => appliedBy(inventory, manifest)?.manifest ?? []));
}

const links = new WeakMap<Inventory, readonly DatabaseLinkView[]>();

function findLinks(inventory: Inventory): readonly DatabaseLinkView[] {
  const clusters = inventory.all('postgresql.cnpg.io', 'Cluster');
  const servers = immich(inventory).containers.filter(({ part }) => part === 'server');
  const used = servers.map((server) => ({ server, clusters: databaseOf(inventory, server) }));
  const certain = clusters.flatMap((cluster): DatabaseLinkView[] => {
    const users = used.filter((one) => one.clusters.includes(cluster)).map(({ server }) => server);
    return users.length > 0 || inventory.complete
      ? [{ cluster, certainty: 'certain', because: 'it is named', servers: users }]
      : [];
  });
  // A server that names a host elsewhere uses none of these, whatever they are called.
  const lost = used
    .filter((one) => one.clusters.length === 0 && databaseHosts(inventory, one.server).length === 0)
    .map(({ server }) => server);
  const others = clusters.filter((cluster) => !certain.some((link) => link.cluster === cluster));
  return [...certain, ...likelyLinks(inventory, others, lost)];
}

/** By the strongest kind of evidence that there is; what is weak counts only where it speaks for one cluster alone. */
function likelyLinks(
  inventory: Inventory,
  clusters: readonly Field[],
  servers: readonly ImmichContainerView[],
): DatabaseLinkView[] {
  const likely = (found: readonly Field[], because: string): DatabaseLinkView[] =>
    found.map((cluster) => ({ cluster, certainty: 'likely', because, servers }));
  const bySecret = clusters.filter((cluster) =>
    servers.some((one) => namesSecretOf(inventory, one, cluster)),
  );
  if (bySecret.length > 0) return likely(bySecret, 'its login comes from a secret of that name');
  const databases = servers.flatMap(
    ({ workload, container }) =>
      environment(inventory, workload, container).get('DB_DATABASE_NAME')?.value ?? [],
  );
  const byName = clusters.filter((cluster) =>
    namesIn(inventory, cluster).some((name) => /immich/i.test(name) || databases.includes(name)),
  );
  if (byName.length > 0 || servers.length === 0) return likely(byName, 'its names say so');
  const byExtension = clusters.filter((cluster) => vectors.test(JSON.stringify(cluster.get('spec') ?? null)));
  if (byExtension.length === 1) return likely(byExtension, 'it has the extension that Immich needs');
  const beside = clusters.filter((cluster) =>
    servers.some(
      ({ workload: { namespace } }) =>
        namespace !== undefined && namespace === cluster.at('metadata', 'namespace').text,
    ),
  );
  return beside.length === 1 ? likely(beside, 'it is the only one in the namespace of Immich') : [];
}

/** A secret that the operator makes may be copied to the namespace of the server. */
function namesSecretOf(
  inventory: Inventory,
  { workload, container }: ImmichContainerView,
  cluster: Field,
): boolean {
  const secrets = (['app', 'superuser'] as const).map((role) => secretOf(nameOf(cluster), role));
  return [...environment(inventory, workload, container).values()].some(
    ({ from }) => from?.kind === 'Secret' && secrets.includes(from.name.text ?? ''),
  );
}

/** The names of a cluster, and of its databases and their owners. */
function namesIn(inventory: Inventory, cluster: Field): string[] {
  const bootstrap = cluster.at('spec', 'bootstrap');
  const databases = objectsOfCluster(inventory, 'Database', cluster);
  return [
    cluster.at('metadata', 'name'),
    ...['initdb', 'recovery', 'pg_basebackup'].flatMap((way) =>
      ['database', 'owner'].map((key) => bootstrap.at(way, key)),
    ),
    ...databases.flatMap((one) => [one.at('spec', 'name'), one.at('spec', 'owner')]),
  ].flatMap(({ text }) => text ?? []);
}

/** The vector extensions of Immich alone, in an image, a library or a statement. */
const vectors = /vectorchord|vchord|pgvecto\.rs|\bvectors\.so\b/;
